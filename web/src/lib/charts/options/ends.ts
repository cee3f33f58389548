/** Names of a chart's other lines: at their ends where there is room, above the chart on a phone. */
import { short, textMark, textWidth, widest, type DrawContext } from '../drawing.ts';
import type { DaySeries, DaysSpec, Value } from '../spec.ts';
import { spread } from './scale.ts';

const NARROW = 440;
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
	if (width >= NARROW) {
		return {
			right: Math.min(right, Math.floor(width * 0.3)),
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
	return {
		right: null,
		above: ROW,
		marks: () => {
			let x = 0;
			return others.flatMap((series, index) => {
				const left = x;
				x += SAMPLE + 6 + textWidth(texts[index] ?? '') + 14;
				const dashed = series === spec.target;
				return [
					sample(left, dashed ? theme.text : theme.grey, dashed),
					textMark(theme, { x: left + SAMPLE + 6, y: 8 }, texts[index] ?? '', { verticalAlign: 'middle' })
				];
			});
		}
	};
}

function sample(x: number, stroke: string, dashed: boolean) {
	return {
		type: 'line' as const,
		silent: true,
		shape: { x1: x, y1: 8, x2: x + SAMPLE, y2: 8 },
		style: { fill: 'none', stroke, lineWidth: dashed ? 1 : 2, ...(dashed ? { lineDash: [5, 4] } : {}) }
	};
}
