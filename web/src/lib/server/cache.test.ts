import { describe, expect, test, vi } from 'vitest';
import type { Claims } from '../../../../contracts/claims.ts';
import type { Filters } from '#lib/filters.ts';
import type { Period } from '#lib/periods.ts';
import { Kept, cachedPage } from './cache.ts';
import type { Asker } from './semantic.ts';

const someone = (role: Claims['role'], ...ids: string[]): Claims => ({
	sub: 'someone',
	role,
	scopes: ids.length > 0 ? [{ dimension: 'region_id', ids }] : [],
	tenant: 'test'
});
const all = someone('executive');

describe('kept answers', () => {
	test('are worked out once for all who see the same, and for nobody else', async () => {
		const kept = new Kept(10);
		const compute = vi.fn(() => Promise.resolve(1));
		await Promise.all([
			kept.get('v1', all, 'a', compute),
			kept.get('v1', { ...all, sub: 'another' }, 'a', compute),
			kept.get('v1', someone('region_manager', 'R1'), 'a', compute)
		]);
		expect(compute).toHaveBeenCalledTimes(2);
		await kept.get('v1', someone('region_manager', 'R2'), 'a', compute);
		await kept.get('v2', all, 'a', compute);
		await kept.get('v1', all, 'b', compute);
		expect(compute).toHaveBeenCalledTimes(5);
	});

	test('go when they are longest unread, and with the version before the last', async () => {
		const kept = new Kept(2);
		const compute = vi.fn(() => Promise.resolve(1));
		for (const name of ['a', 'b', 'a', 'c', 'a']) await kept.get('v1', all, name, compute);
		expect(compute).toHaveBeenCalledTimes(3);
		await kept.get('v1', all, 'b', compute);
		expect(compute).toHaveBeenCalledTimes(4);
		for (const version of ['v2', 'v3', 'v1']) await kept.get(version, all, 'b', compute);
		expect(compute).toHaveBeenCalledTimes(7);
	});

	test('that failed are worked out again', async () => {
		const kept = new Kept(10);
		await expect(kept.get('v1', all, 'a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(await kept.get('v1', all, 'a', () => Promise.resolve(1))).toBe(1);
	});

	test('whoever waits along is not told that the first has left', async () => {
		const kept = new Kept(10);
		const leaving = new AbortController();
		const aborted = () =>
			new Promise<number>((_, reject) => leaving.signal.addEventListener('abort', () => reject(new Error('left')), { once: true }));
		const first = kept.get('v1', all, 'a', aborted, leaving.signal);
		const second = kept.get('v1', all, 'a', () => Promise.resolve(2));
		leaving.abort();
		await expect(first).rejects.toThrow('left');
		expect(await second).toBe(2);
	});
});

describe('figures of a page', () => {
	const shown = { filters: { sort: '-leads' } as unknown as Filters, period: {} as Period, version: 'v1' };
	const reader = (): Asker => ({ claims: all, queries: 0, reveal: () => Promise.resolve() });

	test('are worked out by whoever asks first, by someone who can not hand out people', async () => {
		const [first, second] = [reader(), reader()];
		const compute = vi.fn((asker: Asker) => {
			asker.queries += 2;
			return Promise.resolve(asker.reveal);
		});
		expect(await cachedPage(first, 'a page', shown, null, compute)).toBeUndefined();
		await cachedPage(second, 'a page', { ...shown, filters: { sort: 'name' } as unknown as Filters }, null, compute);
		expect(compute).toHaveBeenCalledTimes(1);
		expect([first.queries, second.queries]).toEqual([2, 0]);
	});

	test('are worked out anew for a proof, which looks at the questions', async () => {
		const compute = vi.fn(() => Promise.resolve(1));
		for (let times = 0; times < 2; times++) await cachedPage({ ...reader(), asked: {} }, 'another page', shown, null, compute);
		expect(compute).toHaveBeenCalledTimes(2);
	});
});
