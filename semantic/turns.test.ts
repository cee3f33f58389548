import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Work that lasts until it is told to end. */
function held() {
	const ends: (() => void)[] = [];
	const begun: string[] = [];
	const work = (name: string) => () =>
		new Promise<string>((resolve) => {
			begun.push(name);
			ends.push(() => resolve(name));
		});
	return { begun, work, end: () => ends.shift()?.() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('so many at once, in the order in which they came', async () => {
	const turns = new Turns(2);
	const { begun, work, end } = held();
	const all = ['a', 'b', 'c', 'd'].map((name) => turns.take(work(name)));
	await settled();
	expect(begun).toEqual(['a', 'b']);
	end();
	await settled();
	expect(begun).toEqual(['a', 'b', 'c']);
	for (let index = 0; index < 3; index++) {
		end();
		await settled();
	}
	expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

test('whoever leaves before their turn never begins, and holds up nobody', async () => {
	const turns = new Turns(1);
	const { begun, work, end } = held();
	const first = turns.take(work('first'));
	const leaver = new AbortController();
	const left = Array.from({ length: 1_000 }, (_, index) => turns.take(work(`left ${index}`), leaver.signal));
	const stays = turns.take(work('stays'));
	leaver.abort(new Error('gone'));
	for (const one of left) await expect(one).rejects.toThrow('gone');
	await expect(turns.take(work('late'), leaver.signal)).rejects.toThrow('gone');
	expect(turns.waiting).toBe(1);
	end();
	await first;
	await settled();
	expect(begun).toEqual(['first', 'stays']);
	end();
	await stays;
});

test('work that fails gives its turn back', async () => {
	const turns = new Turns(1);
	await expect(turns.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
	expect(await turns.take(() => Promise.resolve('yes'))).toBe('yes');
});
