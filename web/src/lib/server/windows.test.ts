import { expect, test } from 'vitest';
import { addDays, daysIn, type DateRange } from '#lib/periods.ts';
import { search, windowsFrom } from './windows.ts';

test.each(['first', 'last'] as const)('windows from the %s day hold each day of the span once', (end) => {
	for (const days of [1, 91, 92, 93, 460, 461, 5_000]) {
		const span: DateRange = ['2020-01-01', addDays('2020-01-01', days - 1)];
		const windows = windowsFrom(end, span);
		const inOrder = end === 'first' ? windows : windows.toReversed();
		expect(inOrder[0]?.[0]).toBe(span[0]);
		expect(inOrder.at(-1)?.[1]).toBe(span[1]);
		for (const [index, [from]] of inOrder.entries()) if (index > 0) expect(from).toBe(addDays(inOrder[index - 1]?.[1] ?? '', 1));
		expect(windows.reduce((sum, window) => sum + daysIn(window), 0)).toBe(days);
	}
	expect(windowsFrom(end, ['2020-01-01', '2039-12-31']).length).toBe(4);
});

test('a search stops at the first window that has something', async () => {
	const asked: DateRange[] = [];
	const found = await search('last', ['2020-01-01', '2026-11-22'], async (window) => {
		asked.push(window);
		return window[0] <= '2026-06-01' ? 'here' : null;
	});
	expect(found).toBe('here');
	expect(asked).toEqual([
		['2026-08-23', '2026-11-22'],
		['2025-08-20', '2026-08-22']
	]);
	expect(await search('first', ['2020-01-01', '2026-11-22'], async () => null)).toBeNull();
});
