import { describe, expect, test, vi } from 'vitest';
import { AnswerCache, OverloadError } from './answers.ts';

const answer = (bytes = 10) => Promise.resolve(Buffer.alloc(bytes));

describe('answers', () => {
	test('are computed once', async () => {
		const cache = new AnswerCache(100_000);
		const compute = vi.fn(() => answer());
		expect(await cache.get('a', compute)).toBe(await cache.get('a', compute));
		expect(compute).toHaveBeenCalledTimes(1);
		expect(cache.statistics()).toMatchObject({ entries: 1, hits: 1, misses: 1 });
	});

	test('are computed once for all who ask meanwhile', async () => {
		const cache = new AnswerCache(100_000);
		const compute = vi.fn(() => new Promise<Buffer>((resolve) => setTimeout(() => resolve(Buffer.alloc(1)), 5)));
		await Promise.all([1, 2, 3].map(() => cache.get('a', compute)));
		expect(compute).toHaveBeenCalledTimes(1);
	});

	test('that fail are not kept, and fail for all who waited', async () => {
		const cache = new AnswerCache(100_000);
		const failing = vi.fn(() => Promise.reject(new Error('no')));
		await Promise.all([1, 2].map(() => expect(cache.get('a', failing)).rejects.toThrow('no')));
		expect(failing).toHaveBeenCalledTimes(1);
		await cache.get('a', () => answer());
		expect(cache.statistics().entries).toBe(1);
	});

	test('stay within the bound; the longest unused go first, a huge one is not kept', async () => {
		const cache = new AnswerCache(20_000);
		for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) {
			await cache.get(key, () => answer(2000));
			await cache.get('a', () => answer(2000));
		}
		expect(cache.statistics().bytes).toBeLessThanOrEqual(20_000);
		const again = vi.fn(() => answer(2000));
		await cache.get('a', again);
		expect(again).not.toHaveBeenCalled();
		await cache.get('b', again);
		expect(again).toHaveBeenCalledTimes(1);
		const { entries } = cache.statistics();
		await cache.get('huge', () => answer(10_000));
		expect(cache.statistics().entries).toBe(entries);
	});

	test('that are only passing are not kept, and push nothing out', async () => {
		const cache = new AnswerCache(20_000);
		await cache.get('useful', () => answer(2000));
		const portion = vi.fn(() => answer(2000));
		for (let times = 0; times < 20; times++) await cache.get('portion', portion, undefined, false);
		expect(portion).toHaveBeenCalledTimes(20);
		expect(cache.statistics().entries).toBe(1);
		const again = vi.fn(() => answer(2000));
		await cache.get('useful', again, undefined, false);
		expect(again).not.toHaveBeenCalled();
	});

	test('of versions that are gone are dropped', async () => {
		const cache = new AnswerCache(100_000);
		for (const key of ['v1/a', 'v2/a', 'v3/a']) await cache.get(key, () => answer());
		cache.keepOnly(['v2/', 'v3/']);
		expect(cache.statistics().entries).toBe(2);
		cache.keepOnly([]);
		expect(cache.statistics()).toMatchObject({ entries: 0, bytes: 0 });
	});
});

describe('who leaves', () => {
	const held = () => {
		const told: AbortSignal[] = [];
		const compute = vi.fn(
			(signal: AbortSignal) =>
				new Promise<Buffer>((resolve, reject) => {
					told.push(signal);
					signal.addEventListener('abort', () => reject(new Error('abandoned')));
					setTimeout(() => resolve(Buffer.alloc(1)), 30);
				})
		);
		return { told, compute };
	};

	test('stops waiting at once; the others get their answer', async () => {
		const cache = new AnswerCache(100_000);
		const { told, compute } = held();
		const leaver = new AbortController();
		const [left, stayed] = [cache.get('a', compute, leaver.signal), cache.get('a', compute, new AbortController().signal)];
		leaver.abort(new Error('gone'));
		await expect(left).rejects.toThrow('gone');
		expect((await stayed).byteLength).toBe(1);
		expect(told[0]?.aborted).toBe(false);
		expect(compute).toHaveBeenCalledTimes(1);
	});

	test('last ends the computation, and who asks then is answered anew', async () => {
		const cache = new AnswerCache(100_000);
		const { told, compute } = held();
		const leavers = [new AbortController(), new AbortController()];
		const left = leavers.map(({ signal }) => cache.get('a', compute, signal));
		for (const leaver of leavers) leaver.abort(new Error('gone'));
		for (const one of left) await expect(one).rejects.toThrow('gone');
		expect(told[0]?.aborted).toBe(true);
		expect((await cache.get('a', compute)).byteLength).toBe(1);
		expect(compute).toHaveBeenCalledTimes(2);
		expect(cache.statistics()).toMatchObject({ running: 0, entries: 1 });
	});
});

test('past its bound new questions are sent away, known ones answered', async () => {
	const cache = new AnswerCache(100_000, 2);
	await cache.get('known', () => answer());
	let finish: (() => void) | undefined;
	const slow = () => new Promise<Buffer>((resolve) => (finish = () => resolve(Buffer.alloc(1))));
	const first = cache.get('a', slow);
	const finishFirst = finish;
	const second = cache.get('b', slow);
	await expect(cache.get('c', () => answer())).rejects.toThrow(OverloadError);
	expect((await cache.get('known', () => answer())).byteLength).toBe(10);
	finishFirst?.();
	finish?.();
	await Promise.all([first, second]);
	expect((await cache.get('c', () => answer())).byteLength).toBe(10);
	expect(cache.statistics()).toMatchObject({ running: 0, shed: 1 });
});
