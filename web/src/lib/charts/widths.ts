/** Widths that pictures are drawn for. A picture is shown at the greatest one that its box has room for, so its text never shrinks below 12 px. */
import type { Rail } from '../preferences.ts';

/** Pixels; each a fifth more than the one before. `Chart.svelte` has a rule for each. */
export const WIDTHS = [300, 360, 430, 520, 620, 740, 890, 1070, 1280, 1540] as const;
/** Between two drawn widths text grows at most by this. */
const STRETCH = 1.5;

/** Where a page is shown, as far as it decides how wide its charts are. */
export interface Screen {
	/** Pixels of the window; null where nobody has said it yet. */
	width: number | null;
	rail: Rail;
}

/** Pixels of the layout, as `tokens.css` and the frame of the pages have them; measured: a chart's box is within 2 % of what follows from them. */
const LAYOUT = {
	/** Up to this width of the window everything stands in one column, with this much beside it. */
	oneColumn: 1000,
	besideColumn: 56,
	rail: { open: 184, folded: 60 },
	page: 1800,
	/** Of a page on a window of 1,440 px with an open rail; gaps between and inside cards, which don't grow with it. */
	usual: 1440 - 184,
	gaps: 126
};

/**
 * The widths to draw for a box that has `wanted` pixels on a window of 1,440: one where the window is known. Else a phone's, the usual one,
 * the one below it, and what lies too far between.
 */
export function drawnWidths(wanted: number, screen: Screen): number[] {
	if (screen.width !== null) return [WIDTHS[fitting(boxOn(wanted, screen.width, screen.rail))] as number];
	const usual = fitting(wanted);
	if (usual === 0) return [WIDTHS[0]];
	const drawn: number[] = [WIDTHS[usual] as number];
	for (let index = usual - 1; index > 0; index--) {
		const next = WIDTHS[index - 1] as number;
		const nearest = drawn[0] as number;
		if (drawn.length === 1 || nearest / next > STRETCH) drawn.unshift(WIDTHS[index] as number);
	}
	return [WIDTHS[0], ...drawn];
}

/** Index of the greatest width that a box has room for. */
function fitting(box: number): number {
	return Math.max(
		0,
		WIDTHS.findLastIndex((width) => width <= box)
	);
}

function boxOn(wanted: number, screen: number, rail: Rail): number {
	if (screen <= LAYOUT.oneColumn) return screen - LAYOUT.besideColumn;
	const page = Math.min(LAYOUT.page, screen - LAYOUT.rail[rail]);
	return (wanted * (page - LAYOUT.gaps)) / (LAYOUT.usual - LAYOUT.gaps);
}
