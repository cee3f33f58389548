/** Colours of a chart by their role. */

export interface ChartTheme {
	text: string;
	muted: string;
	faint: string;
	line: string;
	surface: string;
	/** Behind days that differ, such as weekends. */
	band: string;
	accent: string;
	bar: string;
	grey: string;
	/** Thin lines, and members without a colour of their own: three times as dark as the ground, as what carries meaning must be. */
	other: string;
	good: string;
	bad: string;
	/** Categorical colours; the first belongs to number 1. */
	categories: readonly string[];
	/** Five steps from little to much. */
	sequence: readonly string[];
	/** Five steps from below the middle to above it. */
	diverging: readonly string[];
	fontFamily: string;
}

/** Custom properties instead of colours: one picture serves light and dark, and follows a switch without being drawn again. */
export const cssTheme: ChartTheme = {
	text: 'var(--text)',
	muted: 'var(--muted)',
	faint: 'var(--faint)',
	line: 'var(--line)',
	surface: 'var(--surface)',
	band: 'var(--band)',
	accent: 'var(--accent)',
	bar: 'var(--bar)',
	grey: 'var(--grey)',
	other: 'var(--control)',
	good: 'var(--good)',
	bad: 'var(--bad)',
	categories: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `var(--c${number})`),
	sequence: [1, 2, 3, 4, 5].map((number) => `var(--seq-${number})`),
	diverging: [1, 2, 3, 4, 5].map((number) => `var(--div-${number})`),
	fontFamily: 'inherit'
};

/** Colour of a categorical number; 0, and what has none, is grey. */
export function category(theme: ChartTheme, number: number | undefined): string {
	return number ? (theme.categories[(number - 1) % theme.categories.length] ?? theme.other) : theme.other;
}

/** Colour of a value on five steps, and of the text on it. With a middle the steps run both ways from it, as far as the farther end. */
export function stepColour(
	theme: ChartTheme,
	values: readonly (number | null)[],
	middle?: number
): (value: number) => { fill: string; text: string } {
	const known = values.filter((value) => value !== null);
	const [least, most] = [Math.min(...known), Math.max(...known)];
	const reach = middle === undefined ? 0 : Math.max(middle - least, most - middle);
	const [from, to] = middle === undefined ? [least, most] : [middle - reach, middle + reach];
	const scale = middle === undefined ? theme.sequence : theme.diverging;
	return (value) => {
		const step = to > from ? Math.min(4, Math.floor(((value - from) / (to - from)) * 5)) : 2;
		const strong = step === 4 || (middle !== undefined && step === 0);
		return { fill: scale[step] ?? theme.grey, text: strong ? theme.surface : theme.text };
	};
}
