import { expect, test, vi } from 'vitest';
import type { HandleServerError } from '@sveltejs/kit/hooks';
import { handleError } from './hooks.server.ts';
import { log } from './lib/server/log.ts';

type Given = Parameters<HandleServerError>[0];

function told(kind: string, error: unknown, aborted = false): object[] {
	const lines: object[] = [];
	const written = vi.spyOn(log, 'error').mockImplementation((line: unknown) => void lines.push(line as object));
	const request = new Request('https://bi.example.com/leads?q=13800138000', { signal: aborted ? AbortSignal.abort() : null });
	void handleError({ error, kind, event: { request, route: { id: '/(app)/leads' }, isDataRequest: false } } as unknown as Given);
	written.mockRestore();
	return lines;
}

test('an error that nobody expected is in the log: where and what kind, and no value of anybody', () => {
	const lines = told('unknown', new TypeError(`Could not read "Wang Wei" of 13800138000, 'x@example.com'`));
	expect(lines).toEqual([
		{
			route: '/(app)/leads',
			method: 'GET',
			name: 'TypeError',
			reason: 'Could not read … of …, …',
			at: expect.arrayContaining([expect.stringContaining('hooks.server.test.ts')]) as string[]
		}
	]);
	expect(told('unknown', 'only a text 13800138000')).toMatchObject([{ name: 'Error', reason: 'only a text …' }]);
});

test('what was expected, and what nobody waits for any more, is none', () => {
	expect(told('app', new Error('refused'))).toEqual([]);
	expect(told('unknown', new Error('left'), true)).toEqual([]);
});
