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

test('a version is opened once; the current one stays, older ones go', async () => {
	const { opening, versions } = made();
	for (const version of ['a', 'a', 'b', 'b', 'c']) await use(versions, version);
	expect(opening.open).toHaveBeenCalledTimes(3);
	await versions.sweep();
	expect(opening.release.mock.calls).toEqual([['a'], ['b']]);
	expect(versions.open).toEqual(['c']);
	versions.stop();
});

test('a version in use is not closed under the question', async () => {
	const { opening, versions } = made();
	let finish = () => undefined as void;
	versions.seen('a');
	const long = versions.using(served('a'), () => new Promise<void>((resolve) => (finish = resolve)));
	for (const version of ['b', 'c']) await use(versions, version);
	await versions.sweep();
	expect(opening.release).not.toHaveBeenCalledWith('a');
	finish();
	await long;
	await versions.sweep();
	expect(opening.release).toHaveBeenCalledWith('a');
	versions.stop();
});

test('a reader that holds a version for an hour, while twelve others are published, is answered from it', async () => {
	vi.useFakeTimers();
	try {
		const { opening, versions } = made();
		const closed: string[] = [];
		opening.release.mockImplementation(((version: string) => (closed.push(version), Promise.resolve())) as never);
		let finish = () => undefined as void;
		versions.seen('v00');
		const long = versions.using(served('v00'), ({ version }) => new Promise<string>((resolve) => (finish = () => resolve(version))));
		for (let minute = 5; minute <= 60; minute += 5) {
			await vi.advanceTimersByTimeAsync(5 * 60_000);
			await use(versions, `v${String(minute).padStart(2, '0')}`);
		}
		await vi.advanceTimersByTimeAsync(5 * 60_000);
		expect(closed).not.toContain('v00');
		// The others went by and by: the current one and the one that is held are open.
		expect(versions.open).toEqual(['v00', 'v60']);
		finish();
		expect(await long).toBe('v00');
		await versions.sweep();
		expect(closed).toContain('v00');
		versions.stop();
	} finally {
		vi.useRealTimers();
	}
});

test('the version that is to come stays open until it is known not to come', async () => {
	const { versions } = made();
	await use(versions, 'a');
	versions.expect('b');
	await versions.using(served('b'), () => Promise.resolve());
	await versions.sweep();
	expect(versions.open).toEqual(['a', 'b']);
	versions.expect(undefined);
	await versions.sweep();
	expect(versions.open).toEqual(['a']);
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
