/** Names of a chart's other lines: at their ends where there is room, else above the chart, as on a phone. */
import { fitText, short, textMark, textWidth, widest, type DrawContext } from '../drawing.ts';
import type { DaySeries, DaysSpec, Value } from '../spec.ts';
import { spread } from './scale.ts';

const NARROW = 440;
/** Of a chart's width, for names at the ends of lines. */
const MOST_RIGHT = 0.3;
const ROW = 18;
const SAMPLE = 16;

/** Index of the last known value; -1 where nothing is known. */
export function lastKnown(values: readonly Value[]): number {
	return values.findLastIndex((value) => value !== null);
}

export interface Ends {
	/** Pixels to keep free at the right; null where the caller decides. */
	right: number | null;
	/** Pixels to keep free above. */
	above: number;
	/** Marks of the names; `pixel` gives the height of a value. */
	marks: (
		pixel: (value: Value | undefined) => number,
		top: number,
		bottom: number
	) => (ReturnType<typeof textMark> | ReturnType<typeof sample>)[];
}

export function endsOf(spec: DaysSpec, context: DrawContext): Ends {
	const { theme, width } = context;
	const others = [spec.comparison, spec.target].filter((series) => series !== undefined && lastKnown(series.values) >= 0) as DaySeries[];
	const last = (series: DaySeries) => series.values[lastKnown(series.values)];
	const texts = others.map((series) => `${series.name} ${short(last(series), spec.unit, context)}`);
	if (others.length === 0) return { right: null, above: 0, marks: () => [] };
	const right = widest(texts) + 14;
	if (width >= NARROW && right <= width * MOST_RIGHT) {
		return {
			right,
			above: 0,
			marks: (pixel, top, bottom) => {
				const places = spread(
					others.map((series) => pixel(last(series))),
					16,
					top,
					bottom
				);
				return texts.map((text, index) =>
					textMark(theme, { x: width - right + 8, y: places[index] ?? 0 }, text, { verticalAlign: 'middle', width: right - 8 })
				);
			}
		};
	}
	const names = inRows(texts, width);
	return {
		right: null,
		above: ROW * ((names.at(-1)?.row ?? 0) + 1),
		marks: () =>
			names.flatMap(({ text, x, row }, index) => {
				const dashed = others[index] === spec.target;
				const y = 8 + row * ROW;
				return [
					sample(x, y, dashed ? theme.text : theme.other, dashed),
					textMark(theme, { x: x + SAMPLE + 6, y }, text, { verticalAlign: 'middle' })
				];
			})
	};
}

/** Names one after the other, each with its sample before it; one that no longer fits begins a row. */
function inRows(texts: readonly string[], width: number): { text: string; x: number; row: number }[] {
	let [next, row] = [0, 0];
	return texts.map((whole) => {
		const text = fitText(whole, width - SAMPLE - 6);
		const takes = SAMPLE + 6 + textWidth(text);
		if (next > 0 && next + takes > width) [next, row] = [0, row + 1];
		const x = next;
		next += takes + 14;
		return { text, x, row };
	});
}

function sample(x: number, y: number, stroke: string, dashed: boolean) {
	return {
		type: 'line' as const,
		silent: true,
		shape: { x1: x, y1: y, x2: x + SAMPLE, y2: y },
		style: { fill: 'none', stroke, lineWidth: dashed ? 1 : 2, ...(dashed ? { lineDash: [5, 4] } : {}) }
	};
}
