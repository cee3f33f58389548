import { expect, test, vi } from 'vitest';
import { AnswerCache } from './cache/answers.ts';
import type { Served } from './pointer.ts';
import { Versions, type Opening } from './versions.ts';

const served = (version: string) => ({ version, place: { file: `${version}.duckdb` } }) as Served;

function made(open: Opening['open'] = (of) => Promise.resolve({ ...of, rollups: true })) {
	const opening = { open: vi.fn(open), release: vi.fn(() => Promise.resolve()) };
	return { opening, versions: new Versions(opening, new AnswerCache(1000), 60_000) };
}

const use = (versions: Versions, version: string) => {
	versions.seen(version);
	return versions.using(served(version), () => Promise.resolve());
};

test('a version is opened once; the current and the one before stay, older ones go', async () => {
	const { opening, versions } = made();
	for (const version of ['a', 'a', 'b', 'b', 'c']) await use(versions, version);
	expect(opening.open).toHaveBeenCalledTimes(3);
	await versions.sweep();
	expect(opening.release.mock.calls).toEqual([['a']]);
	expect(versions.open).toEqual(['b', 'c']);
	versions.stop();
});

test('a version in use is not closed under the question', async () => {
	const { opening, versions } = made();
	let finish = () => undefined as void;
	versions.seen('a');
	const long = versions.using(served('a'), () => new Promise<void>((resolve) => (finish = resolve)));
	for (const version of ['b', 'c']) await use(versions, version);
	await versions.sweep();
	expect(opening.release).not.toHaveBeenCalled();
	finish();
	await long;
	await versions.sweep();
	expect(opening.release).toHaveBeenCalledWith('a');
	versions.stop();
});

test('going back to an old version opens it again', async () => {
	const { opening, versions } = made();
	for (const version of ['a', 'b', 'c']) await use(versions, version);
	await versions.sweep();
	await use(versions, 'a');
	expect(opening.open).toHaveBeenCalledTimes(4);
	versions.stop();
});

test('one that can not be opened is tried again', async () => {
	let broken = true;
	const { versions } = made((of) => (broken ? Promise.reject(new Error('broken')) : Promise.resolve({ ...of, rollups: false })));
	await expect(versions.using(served('a'), () => Promise.resolve())).rejects.toThrow('broken');
	broken = false;
	expect(await versions.using(served('a'), ({ rollups }) => Promise.resolve(rollups))).toBe(false);
	versions.stop();
});
