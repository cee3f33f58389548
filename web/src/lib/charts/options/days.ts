/** What charts by day share: axes, weekends, marks, target, comparison, and the tooltip that reads a day. */
import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import { changeOf, formatChange, formatDate } from '../../format.ts';
import { exact, frame, short, textWidth, tooltip, widest, type DrawContext, type Drawing, type Option } from '../drawing.ts';
import type { DaySeries, DaysSpec, Value } from '../spec.ts';
import { daysOf, markName, stepOf } from '../weeks.ts';
import { endsOf, lastKnown } from './ends.ts';
import { niceScale } from './scale.ts';

const HEIGHT = 232;
const TOP = 20;
const BOTTOM = 24;

export interface DaysParts {
	/** Series behind the main one: weekends and marks. */
	behind: CustomSeriesOption[];
	comparison: LineSeriesOption[];
	target: LineSeriesOption[];
}

export function daysDrawing(spec: DaysSpec, context: DrawContext, main: (parts: DaysParts) => NonNullable<Option['series']>): Drawing {
	const { theme, width, locale } = context;
	const height = spec.height ?? HEIGHT;
	const ends = endsOf(spec, context);
	const top = TOP + ends.above;
	const values = [spec.current, spec.comparison, spec.target].flatMap((series) => series?.values ?? []).filter((value) => value !== null);
	const scale = niceScale(values, spec.unit);
	const left = Math.max(24, widest(scale.ticks.map((tick) => short(tick, spec.unit, context))) + 12);
	const right = ends.right ?? lastRoom(spec, context);
	const pixel = (value: Value | undefined) =>
		height - BOTTOM - (((value ?? 0) - scale.min) / (scale.max - scale.min)) * (height - top - BOTTOM);
	const dates = spec.dates.map((date) => formatDate(date, locale, 'short'));
	const fit = Math.max(1, Math.floor((width - left - right) / (Math.max(30, widest(dates)) + 26)));
	const step = Math.max(1, Math.ceil(spec.dates.length / fit));
	const parts: DaysParts = {
		behind: [...weekends(spec, context), ...marks(spec, context, { left, right })],
		comparison: spec.comparison ? [line(spec.comparison, { color: theme.other, width: 1.5 })] : [],
		target: spec.target ? [{ ...line(spec.target, { color: theme.text, width: 1, type: [5, 4] }), step: 'middle' }] : []
	};
	return {
		height,
		...(spec.brush ? { brush: { dates: spec.dates, within: spec.within, left, right } } : {}),
		marks: spec.dates.map((_, index) => ({
			index,
			series: mainSeries(spec, parts),
			text: dayText(spec, index, context),
			...daysOfMark(spec, index)
		})),
		option: {
			...frame(theme),
			grid: { left, right, top, bottom: BOTTOM, outerBoundsMode: 'none' },
			xAxis: {
				type: 'category',
				data: spec.dates,
				axisLine: { lineStyle: { color: theme.grey } },
				axisTick: { show: false },
				axisLabel: {
					color: theme.muted,
					fontFamily: theme.fontFamily,
					margin: 9,
					interval: (index) => index % step === 0,
					formatter: (date) => formatDate(date, locale, 'short'),
					hideOverlap: true
				}
			},
			yAxis: {
				type: 'value',
				min: scale.min,
				max: scale.max,
				interval: scale.step,
				splitLine: { lineStyle: { color: theme.line } },
				axisLabel: { color: theme.muted, fontFamily: theme.fontFamily, formatter: (value: number) => short(value, spec.unit, context) }
			},
			tooltip: {
				...tooltip(theme),
				trigger: 'axis',
				axisPointer: { type: 'line', lineStyle: { color: theme.faint, width: 1, type: 'solid' } },
				formatter: (items) => {
					const index = (Array.isArray(items) ? items[0] : items)?.dataIndex ?? 0;
					return dayText(spec, index, context);
				}
			},
			graphic: { elements: ends.marks(pixel, top, height - BOTTOM) },
			series: main(parts)
		}
	};
}

function daysOfMark(spec: DaysSpec, index: number): { day: string; until?: string } {
	const [day, until] = daysOf(spec, index);
	return stepOf(spec.dates) === 'week' ? { day, until } : { day };
}

/** Where the main series stands among those that are drawn: lines have it last, bars before the comparison. */
function mainSeries(spec: DaysSpec, parts: DaysParts): number {
	return parts.behind.length + (spec.kind === 'trend' ? parts.comparison.length + parts.target.length : 0);
}

/** The value of the main series at its last day, as its label says it. */
export function lastText(spec: DaysSpec, context: DrawContext): string {
	return short(spec.current.values[lastKnown(spec.current.values)], spec.unit, context);
}

/** Room for half of the last label where nothing else stands at the right. */
function lastRoom(spec: DaysSpec, context: DrawContext): number {
	return Math.max(16, textWidth(lastText(spec, context)) / 2 + 8);
}

function line(series: DaySeries, style: { color: string; width: number; type?: number[] }): LineSeriesOption {
	return {
		type: 'line',
		name: series.name,
		showSymbol: false,
		silent: true,
		emphasis: { disabled: true },
		lineStyle: style,
		itemStyle: { color: style.color },
		data: series.values.map((value) => value ?? '-')
	};
}

function isWeekend(date: string): boolean {
	return [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}

/** Bands behind Saturdays and Sundays; past a quarter of a year they would only be noise. */
function weekends(spec: DaysSpec, { theme }: DrawContext): CustomSeriesOption[] {
	if (!spec.weekends || spec.dates.length > 100) return [];
	return [
		{
			type: 'custom',
			silent: true,
			z: 0,
			data: spec.dates.flatMap((date, index) => (isWeekend(date) ? [[index, 0]] : [])),
			renderItem: (params, api) => {
				const [x = 0] = api.coord([api.value(0), 0]);
				const area = params.coordSys as unknown as { x: number; y: number; width: number; height: number };
				const band = area.width / spec.dates.length;
				return {
					type: 'rect',
					shape: { x: x - band / 2, y: area.y, width: band, height: area.height },
					style: { fill: theme.band }
				};
			}
		}
	];
}

/** A dotted line at a day and its name above it, where no other line crosses it; of names that would overlap only the first is written. */
function marks(spec: DaysSpec, context: DrawContext, room: { left: number; right: number }): CustomSeriesOption[] {
	const { theme } = context;
	const band = (context.width - room.left - room.right) / Math.max(1, spec.dates.length);
	let free = -Infinity;
	const data = (spec.marks ?? [])
		.map((mark) => ({ ...mark, index: spec.dates.indexOf(mark.date) }))
		.filter((mark) => mark.index >= 0)
		.sort((a, b) => a.index - b.index)
		.map((mark) => {
			const named = mark.index * band >= free;
			if (named) free = mark.index * band + textWidth(mark.name) + 14;
			return { ...mark, named };
		});
	if (!data.length) return [];
	return [
		{
			type: 'custom',
			silent: true,
			data: data.map((mark) => [mark.index, 0]),
			renderItem: (params, api) => {
				const [x = 0] = api.coord([api.value(0), 0]);
				const area = params.coordSys as unknown as { y: number; height: number };
				const mark = data[params.dataIndex];
				const colour = theme.categories[2] ?? theme.muted;
				return {
					type: 'group',
					children: [
						{
							type: 'line',
							shape: { x1: x, y1: area.y, x2: x, y2: area.y + area.height },
							style: { stroke: colour, lineDash: [1, 3], lineWidth: 1 }
						},
						{
							type: 'text',
							x: Math.min(x, context.width - textWidth(mark?.name ?? '')),
							y: area.y - 16,
							style: { text: mark?.named ? mark.name : '', fill: colour, fontSize: 12, fontFamily: theme.fontFamily }
						}
					]
				};
			}
		}
	];
}

function dayText(spec: DaysSpec, index: number, context: DrawContext): string {
	const now = spec.current.values[index] ?? null;
	const lines = [markName(spec, index, context.locale), `${spec.current.name}  ${exact(now, spec.unit, context)}`];
	if (spec.comparison) {
		const before = spec.comparison.values[index] ?? null;
		const change = changeOf(now, before, spec.unit);
		const text = change === null ? '' : `  ${formatChange(change, spec.unit, context.locale)}`;
		lines.push(`${spec.comparison.name}  ${exact(before, spec.unit, context)}${text}`);
	}
	if (spec.target) lines.push(`${spec.target.name}  ${exact(spec.target.values[index] ?? null, spec.unit, context)}`);
	const mark = spec.marks?.find((each) => each.date === spec.dates[index]);
	if (mark) lines.push(mark.name);
	return lines.join('\n');
}
