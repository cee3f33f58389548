/** Widths that pictures are drawn for. A picture is shown at the greatest one that its box has room for, so its text never shrinks below 12 px. */

/** Pixels; each a fifth more than the one before. `Chart.svelte` has a rule for each. */
export const WIDTHS = [300, 360, 430, 520, 620, 740, 890, 1070] as const;
/** Between two drawn widths text grows at most by this. */
const STRETCH = 1.5;

/** The ladder's widths to draw for a box of `wanted` pixels on a wide screen: a phone's, that one, the one below it, and what lies too far between. */
export function drawnWidths(wanted: number): number[] {
	const usual = WIDTHS.findLastIndex((width) => width <= wanted);
	if (usual <= 0) return [WIDTHS[0]];
	const drawn: number[] = [WIDTHS[usual] as number];
	for (let index = usual - 1; index > 0; index--) {
		const next = WIDTHS[index - 1] as number;
		const nearest = drawn[0] as number;
		if (drawn.length === 1 || nearest / next > STRETCH) drawn.unshift(WIDTHS[index] as number);
	}
	return [WIDTHS[0], ...drawn];
}
