/** Parts of a whole: one stacked bar a column, at most six parts and "other"; shares are written where they fit. */
import { exact, frame, memberOf, textMark, textWidth, tooltip, words, type DrawContext, type Drawing } from '../drawing.ts';
import type { SharePart, ShareSpec, Value } from '../spec.ts';
import { category } from '../theme.ts';
import { rowsFrame } from './rows.ts';

export const MOST_PARTS = 6;
const LEGEND_ROW = 20;

/** The greatest six parts in their given order, and the rest as one; a rest of one part stays itself. */
export function fewParts(parts: readonly SharePart[], other: string): SharePart[] {
	if (parts.length <= MOST_PARTS + 1) return [...parts];
	const size = (part: SharePart) => sum(part.values);
	const kept = new Set([...parts].sort((a, b) => size(b) - size(a)).slice(0, MOST_PARTS));
	const rest = parts.filter((part) => !kept.has(part));
	const columns = Math.max(...parts.map((part) => part.values.length));
	const values = Array.from({ length: columns }, (_, column) => {
		const known = rest.map((part) => part.values[column] ?? null).filter((value) => value !== null);
		return known.length ? sum(known) : null;
	});
	return [...parts.filter((part) => kept.has(part)), { id: 'other', name: other, colour: 0, values }];
}

export function shareOption(spec: ShareSpec, context: DrawContext): Drawing {
	const { theme } = context;
	const parts = fewParts(spec.parts, words(context).other);
	const totals = spec.columns.map((_, column) => sum(parts.map((part) => part.values[column] ?? null)));
	const legend = legendOf(parts, context);
	const rows = rowsFrame(
		spec.columns.map((column) => column.name),
		[{ title: words(context).total, texts: totals.map((total) => exact(total, spec.unit, context)) }],
		context,
		34
	);
	const shareOf = (value: Value | undefined, column: number) => (value == null || !totals[column] ? null : value / totals[column]);
	const tip = (series: number, column: number) => {
		const part = parts[series];
		if (!part) return '';
		const value = part.values[column];
		return `${spec.columns[column]?.name ?? ''}\n${part.name}  ${exact(value, spec.unit, context)}  ${exact(shareOf(value, column), 'percent', context)}`;
	};
	return {
		height: rows.height + legend.height,
		marks: spec.columns.flatMap((_, index) =>
			parts.map((part, series) => ({ index, series, text: tip(series, index), member: memberOf(spec, part) }))
		),
		option: {
			...frame(theme),
			grid: { ...rows.grid, top: rows.top + legend.height },
			graphic: { elements: [...legend.elements, ...rows.heads.map((head) => ({ ...head, y: head.y + legend.height }))] },
			yAxis: rows.yAxis,
			xAxis: { type: 'value', show: false, min: 0, max: 1 },
			tooltip: {
				...tooltip(theme),
				trigger: 'item',
				formatter: (item) => {
					const { seriesIndex = 0, dataIndex = 0 } = Array.isArray(item) ? {} : item;
					return tip(seriesIndex, dataIndex);
				}
			},
			series: parts.map((part) => ({
				type: 'bar',
				stack: 'whole',
				name: part.name,
				barWidth: 20,
				emphasis: { disabled: true },
				itemStyle: { color: category(theme, part.colour), borderColor: theme.surface, borderWidth: 1 },
				data: spec.columns.map((_, column) => {
					const share = shareOf(part.values[column], column);
					const text = exact(share, 'percent', context);
					const fits = share !== null && share * rows.room > textWidth(text) + 8;
					return {
						value: share ?? '-',
						label: { show: fits, position: 'inside', color: part.colour ? theme.surface : theme.text, formatter: () => text }
					};
				})
			}))
		}
	};
}

/** Names with their colours, wrapped to the width: a part's own segment may be too small for its name. */
function legendOf(parts: readonly SharePart[], { theme, width }: DrawContext) {
	let x = 0;
	let row = 0;
	const elements = parts.flatMap((part) => {
		const room = textWidth(part.name) + 32;
		if (x > 0 && x + room > width) {
			x = 0;
			row++;
		}
		const left = x;
		x += room;
		const y = row * LEGEND_ROW;
		return [
			{
				type: 'rect' as const,
				silent: true,
				shape: { x: left, y: y + 4, width: 10, height: 10, r: 2 },
				style: { fill: category(theme, part.colour) }
			},
			textMark(theme, { x: left + 16, y: y + 3 }, part.name, { fill: theme.text })
		];
	});
	return { elements, height: (row + 1) * LEGEND_ROW + 4 };
}

function sum(values: readonly (Value | undefined)[]): number {
	return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
