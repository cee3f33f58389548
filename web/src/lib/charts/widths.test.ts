import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WIDTHS, drawnWidths } from './widths.ts';

const nobodyKnows = { width: null, rail: 'open' } as const;

test('a phone’s, the usual one, the one below, and no wide gap between', () => {
	expect(drawnWidths(766, nobodyKnows)).toEqual([300, 430, 620, 740]);
	expect(drawnWidths(360, nobodyKnows)).toEqual([300, 360]);
	expect(drawnWidths(200, nobodyKnows)).toEqual([300]);
	expect(drawnWidths(1160, nobodyKnows)).toEqual([300, 430, 620, 890, 1070]);
});

// Boxes of pictures measured in a browser: [wanted, window, box].
test.each([
	[663, 390, 334],
	[663, 1000, 944],
	[663, 1001, 407],
	[456, 1100, 320],
	[564, 1280, 484],
	[663, 1920, 943],
	[564, 2560, 836]
])('a box of %i px has, on a window of %i, the greatest width that fits its %i', (wanted, width, box) => {
	expect(drawnWidths(wanted, { width, rail: 'open' })).toEqual([Math.max(300, ...WIDTHS.filter((each) => each <= box))]);
});

test('a folded rail leaves the charts more room', () => {
	expect(drawnWidths(663, { width: 1366, rail: 'open' })).toEqual([520]);
	expect(drawnWidths(663, { width: 1366, rail: 'folded' })).toEqual([620]);
});

test('each width has its rule in Chart.svelte', () => {
	const css = readFileSync(new URL('./Chart.svelte', import.meta.url), 'utf8');
	for (const width of WIDTHS.slice(1)) {
		expect(css).toContain(`@container (min-width: ${width}px)`);
		expect(css).toContain(`.until-${width}`);
	}
});
