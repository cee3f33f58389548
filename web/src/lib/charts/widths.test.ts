import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WIDTHS, drawnWidths } from './widths.ts';

test('a phone’s, the usual one, the one below, and no wide gap between', () => {
	expect(drawnWidths(766)).toEqual([300, 430, 620, 740]);
	expect(drawnWidths(360)).toEqual([300, 360]);
	expect(drawnWidths(200)).toEqual([300]);
	expect(drawnWidths(1160)).toEqual([300, 430, 620, 890, 1070]);
});

test('each width has its rule in Chart.svelte', () => {
	const css = readFileSync(new URL('./Chart.svelte', import.meta.url), 'utf8');
	for (const width of WIDTHS.slice(1)) {
		expect(css).toContain(`@container (min-width: ${width}px)`);
		expect(css).toContain(`.until-${width}`);
	}
});
