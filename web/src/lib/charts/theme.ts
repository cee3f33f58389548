/** Colours of a chart by their role. */

export interface ChartTheme {
	text: string;
	muted: string;
	faint: string;
	line: string;
	surface: string;
	background: string;
	accent: string;
	bar: string;
	grey: string;
	good: string;
	bad: string;
	/** Categorical colours; the first belongs to number 1. */
	categories: readonly string[];
	fontFamily: string;
}

/** Custom properties instead of colours: one picture serves light and dark, and follows a switch without being drawn again. */
export const cssTheme: ChartTheme = {
	text: 'var(--text)',
	muted: 'var(--muted)',
	faint: 'var(--faint)',
	line: 'var(--line)',
	surface: 'var(--surface)',
	background: 'var(--bg)',
	accent: 'var(--accent)',
	bar: 'var(--bar)',
	grey: 'var(--grey)',
	good: 'var(--good)',
	bad: 'var(--bad)',
	categories: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `var(--c${number})`),
	fontFamily: 'inherit'
};

/** Colour of a categorical number; 0, and what has none, is grey. */
export function category(theme: ChartTheme, number: number | undefined): string {
	return number ? (theme.categories[(number - 1) % theme.categories.length] ?? theme.grey) : theme.grey;
}
