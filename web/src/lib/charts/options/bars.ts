/** Horizontal bars from zero, one a member, with the value at the end; comparison as a thin grey bar. */
import { changeOf, formatChange } from '../../format.ts';
import { exact, frame, memberOf, short, rowTooltip, textWidth, words, type DrawContext, type Drawing } from '../drawing.ts';
import type { BarsSpec } from '../spec.ts';
import { category } from '../theme.ts';
import { rowsFrame } from './rows.ts';

export function barsOption(spec: BarsSpec, context: DrawContext): Drawing {
	const { theme, locale } = context;
	const { rows, unit } = spec;
	const compared = rows.some((row) => row.previous != null);
	const changes = rows.map((row) => formatChange(changeOf(row.value, row.previous, unit), unit, locale));
	const frameOfRows = rowsFrame(
		rows.map((row) => row.name),
		compared ? [{ title: words(context).change, texts: changes }] : [],
		context,
		compared ? 32 : 28
	);
	const texts = rows.map((row) => short(row.value, unit, context));
	const values = rows.flatMap((row) => [row.value ?? 0, row.previous ?? 0]);
	const labelRoom = Math.max(0, ...texts.map((text) => textWidth(text))) + 14;
	const stretch = frameOfRows.room / Math.max(40, frameOfRows.room - labelRoom);
	const bar = { type: 'bar' as const, emphasis: { disabled: true }, cursor: 'pointer' };
	const tip = (index: number) => {
		const row = rows[index];
		if (!row) return '';
		const lines = [row.name, `${spec.name}  ${exact(row.value, unit, context)}`];
		if (row.previous != null) lines.push(`${spec.comparisonName ?? ''}  ${exact(row.previous, unit, context)}  ${changes[index]}`);
		return lines.join('\n');
	};
	return {
		height: frameOfRows.height,
		marks: rows.map((row, index) => ({ index, text: tip(index), href: row.href, member: memberOf(spec, row) })),
		option: {
			...frame(theme),
			grid: frameOfRows.grid,
			graphic: { elements: frameOfRows.heads },
			yAxis: frameOfRows.yAxis,
			xAxis: { type: 'value', show: false, min: Math.min(0, ...values) * stretch, max: Math.max(0, ...values) * stretch || 1 },
			tooltip: rowTooltip(theme, tip),
			series: [
				{
					...bar,
					name: spec.name,
					barWidth: 16,
					barGap: '15%',
					data: rows.map((row) => ({
						value: row.value ?? '-',
						itemStyle: { color: row.colour === undefined ? theme.bar : category(theme, row.colour) }
					})),
					label: { show: true, position: 'right', distance: 6, color: theme.text, formatter: (item) => texts[item.dataIndex] ?? '' }
				},
				...(compared
					? [
							{
								...bar,
								name: spec.comparisonName ?? '',
								barWidth: 4,
								itemStyle: { color: theme.grey },
								data: rows.map((row) => row.previous ?? '-')
							}
						]
					: [])
			]
		}
	};
}
