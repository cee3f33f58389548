/**
 * How a figure changed: one row a contribution, each bar beginning where the one before ended, from zero change to the whole change.
 * The two values themselves are written, not drawn: as bars from zero they would leave no room for what happened between them.
 */
import type { CustomSeriesRenderItem } from 'echarts';
import { changeOf, formatChange, formatDifference } from '../../format.ts';
import { exact, frame, memberOf, rowTooltip, words, type DrawContext, type Drawing } from '../drawing.ts';
import type { WaterfallPart, WaterfallSpec } from '../spec.ts';
import type { ChartTheme } from '../theme.ts';
import { roundTogether, shownStep } from './round.ts';
import { rowsFrame } from './rows.ts';

export interface WaterfallBar extends WaterfallPart {
	/** Change so far, before and after this contribution. */
	from: number;
	to: number;
	/** As it is written: the written ones add up to the written change. */
	shown: number;
}

/** Contributions in their order; what they leave unexplained stands last as "other", so that they always add up. */
export function waterfallBars(spec: Pick<WaterfallSpec, 'start' | 'parts' | 'end' | 'unit'>, other: string): WaterfallBar[] {
	const change = spec.end.value - spec.start.value;
	const rest = change - spec.parts.reduce((sum, part) => sum + part.value, 0);
	const step = shownStep(spec.unit, [spec.start.value, spec.end.value]);
	const isLeft = Math.abs(rest) > Math.max(1e-9, Math.abs(change) * 1e-6, (step ?? 0) * 0.05);
	const parts = isLeft ? [...spec.parts, { id: 'other', name: other, value: rest }] : spec.parts;
	const shown =
		step === null
			? parts.map((part) => part.value)
			: roundTogether(
					parts.map((part) => part.value),
					Math.round(spec.end.value / step) * step - Math.round(spec.start.value / step) * step,
					step
				);
	let reached = 0;
	return parts.map((part, index) => {
		const from = reached;
		reached += part.value;
		return { ...part, from, to: reached, shown: shown[index] ?? part.value };
	});
}

function colourOf(value: number, better: WaterfallSpec['better'], theme: ChartTheme): string {
	if (better === 'none' || value === 0) return theme.bar;
	return value > 0 === (better !== 'down') ? theme.good : theme.bad;
}

export function waterfallOption(spec: WaterfallSpec, context: DrawContext): Drawing {
	const { theme, locale, currency } = context;
	const { unit, start, end } = spec;
	const bars = waterfallBars(spec, words(context).other);
	const change = end.value - start.value;
	const difference = (value: number) => formatDifference(value, unit, locale, { currency });
	const last = bars.length + 1;
	const names = [start.name, ...bars.map((bar) => bar.name), end.name];
	const texts = [exact(start.value, unit, context), ...bars.map((bar) => difference(bar.shown)), exact(end.value, unit, context)];
	const relative = formatChange(changeOf(end.value, start.value, unit), unit, locale);
	const frameOfRows = rowsFrame(names, [{ title: '', texts, strong: true }], context, 28);
	const bounds = [0, change, ...bars.flatMap((bar) => [bar.from, bar.to])];
	const [least, most] = [Math.min(...bounds), Math.max(...bounds)];
	const margin = (most - least || 1) * 0.03;
	const render: CustomSeriesRenderItem = (params, api) => {
		const row = params.dataIndex;
		const x = (value: number) => api.coord([value, row])[0] ?? 0;
		const y = api.coord([0, row])[1] ?? 0;
		const below = (api.coord([0, Math.min(row + 1, last)])[1] ?? y) - y;
		const bar = bars[row - 1];
		const [from, to] = row === 0 ? [0, 0] : bar ? [bar.from, bar.to] : [0, change];
		const fill = bar ? colourOf(bar.value, spec.better, theme) : theme.grey;
		const left = Math.min(x(from), x(to));
		const width = Math.max(row === 0 ? 0 : 1.5, Math.abs(x(to) - x(from)));
		return {
			type: 'group',
			emphasisDisabled: true,
			children: [
				// Wide enough to be pointed at, however small the contribution.
				{
					type: 'rect',
					shape: { x: frameOfRows.left, y: y - 14, width: frameOfRows.room, height: 28 },
					style: { fill: 'transparent' }
				},
				{ type: 'rect', shape: { x: left, y: y - 8, width, height: 16, r: 2 }, style: { fill } },
				...(row < last
					? [
							{
								type: 'line' as const,
								shape: { x1: x(to), y1: y + (row === 0 ? -8 : 8), x2: x(to), y2: y + below - 8 },
								style: { fill: 'none', stroke: theme.faint, lineWidth: 1 }
							}
						]
					: [])
			]
		};
	};
	const tip = (row: number) => {
		const bar = bars[row - 1];
		if (bar) return `${bar.name}  ${difference(bar.shown)}`;
		if (row === 0) return `${start.name}  ${texts[0]}`;
		return `${end.name}  ${texts[last]}\n${words(context).change}  ${difference(change)}${unit === 'percent' ? '' : ` (${relative})`}`;
	};
	return {
		height: frameOfRows.height,
		marks: names.map((name, index) => {
			const bar = bars[index - 1];
			return { index, text: tip(index), href: bar?.href, member: bar && memberOf(bar, bar) };
		}),
		option: {
			...frame(theme),
			grid: frameOfRows.grid,
			yAxis: frameOfRows.yAxis,
			xAxis: { type: 'value', show: false, min: least - margin, max: most + margin },
			tooltip: rowTooltip(theme, tip),
			series: [{ type: 'custom', renderItem: render, encode: { x: 0, y: 1 }, data: names.map((_, index) => [change, index]) }]
		}
	};
}
