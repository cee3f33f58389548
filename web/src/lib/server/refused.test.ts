import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RequestEvent } from '@sveltejs/kit';
import { log } from './log.ts';
import { Minute, noteRefused, noteRefusedBefore } from './refused.ts';

const written: { message: string; [name: string]: unknown }[] = [];
const of = (message: string) => written.filter((line) => line.message === message);

beforeEach(() => {
	vi.useFakeTimers();
	vi.spyOn(log, 'warn').mockImplementation(
		(line: unknown, message?: string) => void written.push({ ...(line as object), message: message ?? '' })
	);
});
afterEach(() => {
	vi.runAllTimers();
	vi.useRealTimers();
	vi.restoreAllMocks();
	written.length = 0;
});

/** A request of somebody who has signed in. */
function refused(who: string, status: number, from = '203.0.113.1'): void {
	const event = {
		locals: { claims: { sub: who, role: 'store_manager' } },
		request: new Request('https://bi.example.com/admin/users'),
		route: { id: '/admin/users' },
		getClientAddress: () => from
	};
	noteRefused(event as unknown as RequestEvent, status);
}

test('a flood of refusals is a bounded number of lines, and what was left out is told, of whom and how much', () => {
	for (let index = 0; index < 500; index++) refused('u_flood', 403);
	expect(of('refused')).toHaveLength(10);
	vi.advanceTimersByTime(60_000);
	expect(of('refused, more often than written')).toEqual([
		{ status: 403, who: 'u_flood', left_out: 490, message: 'refused, more often than written' }
	]);
	refused('u_flood', 403);
	expect(of('refused')).toHaveLength(11);
});

test('a flood by one hides no refusal of another, nor one of another kind, nor of those who have signed in', () => {
	for (let index = 0; index < 5_000; index++) noteRefusedBefore(403, 'POST', '203.0.113.1');
	noteRefusedBefore(403, 'POST', '203.0.113.2');
	noteRefusedBefore(401, 'GET', '203.0.113.1');
	refused('u_ann', 403, '203.0.113.1');
	const last = of('refused').slice(-3);
	expect(last).toMatchObject([
		{ from: '203.0.113.2', status: 403 },
		{ from: '203.0.113.1', status: 401 },
		{ who: 'u_ann', status: 403 }
	]);
	// From everywhere at once: neither lines nor memory without end, and whoever has signed in is seen all the same.
	for (let index = 0; index < 50_000; index++) noteRefusedBefore(403, 'POST', `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
	expect(of('refused').length).toBeLessThan(1_000);
	refused('u_bob', 403);
	expect(of('refused').at(-1)).toMatchObject({ who: 'u_bob' });
	vi.advanceTimersByTime(60_000);
	const told = [...of('refused, more often than written'), ...of('refused, from more sources than are told apart')];
	const leftOut = told.reduce((sum, { left_out }) => sum + Number(left_out), 0);
	expect(of('refused').length + leftOut).toBe(55_004);
});

test('a network of version 6 is one source', () => {
	for (let index = 0; index < 100; index++) noteRefusedBefore(403, 'POST', `2001:db8:1:2::${index.toString(16)}`);
	expect(of('refused')).toHaveLength(10);
	vi.advanceTimersByTime(60_000);
	expect(of('refused, more often than written')).toMatchObject([{ from: '2001:db8:1:2::/64', left_out: 90 }]);
});

test('past what all may write together, the first of a source is written still', () => {
	const minute = new Minute({ perSource: 2, together: 3, sources: 4 });
	expect(['a', 'a', 'a', 'b', 'b', 'c', 'd', 'e'].map((source) => minute.take(source))).toEqual([
		true,
		true,
		false,
		true,
		false,
		true,
		true,
		false
	]);
	expect(minute.leftOut()).toEqual({
		sources: new Map([
			['a', 1],
			['b', 1]
		]),
		nameless: 1
	});
});
