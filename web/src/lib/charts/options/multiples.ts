/** One small line a member, all on the same axes, so that height means the same everywhere. */
import { changeOf, formatChange, formatDate } from '../../format.ts';
import {
	exact,
	fitText,
	frame,
	memberOf,
	short,
	textMark,
	textWidth,
	tooltip,
	widest,
	type DrawContext,
	type Drawing
} from '../drawing.ts';
import type { MultiplesSpec, Panel } from '../spec.ts';
import { lastKnown } from './ends.ts';
import { niceScale } from './scale.ts';

const PANEL = 168;
const TALL = 92;
const HEAD = 20;
const GAP = 20;
const FOOT = 20;

export function multiplesOption(spec: MultiplesSpec, context: DrawContext): Drawing {
	const { theme, width, locale } = context;
	const { panels, unit, dates } = spec;
	const known = panels.flatMap((panel) => [...panel.values, ...(panel.comparison ?? [])]).filter((value) => value !== null);
	const scale = niceScale(known, unit);
	const left = widest([short(scale.max, unit, context), short(scale.min, unit, context)]) + 8;
	const columns = Math.max(1, Math.min(panels.length, Math.floor((width - left + GAP) / (PANEL + GAP))));
	const rows = Math.ceil(panels.length / columns);
	const room = (width - left - GAP * (columns - 1)) / columns;
	const place = (index: number) => ({
		x: left + (index % columns) * (room + GAP),
		y: Math.floor(index / columns) * (HEAD + TALL + GAP) + HEAD
	});
	const change = (panel: Panel, index: number) =>
		formatChange(changeOf(panel.values[index], panel.comparison?.[index], unit), unit, locale);
	const tip = (panel: Panel | undefined, index: number) => {
		if (!panel) return '';
		const lines = [`${panel.name} · ${formatDate(dates[index], locale, 'weekday')}`, exact(panel.values[index], unit, context)];
		if (panel.comparison)
			lines.push(`${spec.comparisonName ?? ''}  ${exact(panel.comparison[index], unit, context)}  ${change(panel, index)}`);
		return lines.join('\n');
	};
	const perPanel = 1 + Number(panels.some((panel) => panel.comparison));
	const lines = (panel: Panel, index: number) => {
		const base = { type: 'line' as const, xAxisIndex: index, yAxisIndex: index, showSymbol: false, emphasis: { disabled: true } };
		return [
			...(perPanel === 2
				? [
						{
							...base,
							silent: true,
							lineStyle: { color: theme.other, width: 1.2 },
							itemStyle: { color: theme.other },
							data: (panel.comparison ?? []).map((value) => value ?? '-')
						}
					]
				: []),
			{
				...base,
				lineStyle: { color: theme.accent, width: 1.8 },
				itemStyle: { color: theme.accent },
				data: panel.values.map((value) => value ?? '-')
			}
		];
	};
	return {
		height: rows * (HEAD + TALL + GAP) - GAP + FOOT,
		marks: panels.map((panel, index) => {
			const last = lastKnown(panel.values);
			return {
				index: Math.max(0, last),
				series: index * perPanel + perPanel - 1,
				text: tip(panel, last),
				href: panel.href,
				member: memberOf(spec, panel)
			};
		}),
		option: {
			...frame(theme),
			grid: panels.map((_, index) => ({
				left: place(index).x,
				top: place(index).y,
				width: room,
				height: TALL,
				outerBoundsMode: 'none' as const
			})),
			xAxis: panels.map((_, index) => ({
				type: 'category' as const,
				gridIndex: index,
				boundaryGap: false,
				data: dates,
				axisLine: { lineStyle: { color: theme.grey } },
				axisTick: { show: false },
				axisLabel: { show: false }
			})),
			yAxis: panels.map((_, index) => ({
				type: 'value' as const,
				gridIndex: index,
				min: scale.min,
				max: scale.max,
				interval: scale.max - scale.min,
				splitLine: { lineStyle: { color: theme.line } },
				axisLabel: {
					show: index % columns === 0,
					margin: 6,
					color: theme.muted,
					fontFamily: theme.fontFamily,
					formatter: (value: number) => short(value, unit, context)
				}
			})),
			tooltip: {
				...tooltip(theme),
				trigger: 'axis',
				axisPointer: { type: 'line', lineStyle: { color: theme.faint, width: 1, type: 'solid' } },
				formatter: (items) => {
					const item = Array.isArray(items) ? items.at(-1) : items;
					return tip(panels[Math.floor((item?.seriesIndex ?? 0) / perPanel)], item?.dataIndex ?? 0);
				}
			},
			graphic: {
				elements: [
					...panels.flatMap((panel, index) => {
						const { x, y } = place(index);
						const value = short(panel.values[lastKnown(panel.values)], unit, context);
						const valueWidth = textWidth(value) * 1.1 + 8;
						return [
							textMark(theme, { x, y: y - 15 }, fitText(panel.name, room - valueWidth), { fill: theme.text }),
							{ ...textMark(theme, { x: x + room, y: y - 15 }, value, { fill: theme.text, align: 'right' }) }
						];
					}),
					textMark(
						theme,
						{ x: left, y: rows * (HEAD + TALL + GAP) - GAP + 5 },
						`${formatDate(dates[0], locale, 'short')} – ${formatDate(dates.at(-1), locale, 'short')}`
					)
				]
			},
			series: panels.flatMap(lines)
		}
	};
}
