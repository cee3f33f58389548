/** Aligned horizontal bars, one a stage: count, conversion from the previous and from the first stage, drop; comparison as thin paired bars. */
import { changeOf, formatChange, formatDifference } from '../../format.ts';
import { exact, frame, hatch, rowTooltip, textWidth, words, type DrawContext, type Drawing } from '../drawing.ts';
import type { FunnelSpec, FunnelStage, Value } from '../spec.ts';
import { rowsFrame, type FigureColumn } from './rows.ts';

/** Room for the column of drops. */
const WIDE = 480;

export interface StageRates {
	fromPrevious: number | null;
	fromFirst: number | null;
	/** Lost since the previous stage; null where a stage is no part of the one before. */
	drop: number | null;
}

/** Ratios of a stage; null where there is nothing to divide by. */
export function stageRates(stages: readonly { count: Value }[], index: number): StageRates {
	const count = stages[index]?.count ?? null;
	const before = index > 0 ? (stages[index - 1]?.count ?? null) : null;
	const first = index > 0 ? (stages[0]?.count ?? null) : null;
	const ratio = (of: number | null) => (count === null || !of ? null : count / of);
	return { fromPrevious: ratio(before), fromFirst: ratio(first), drop: count === null || before === null ? null : before - count };
}

export function funnelOption(spec: FunnelSpec, context: DrawContext): Drawing {
	const { theme } = context;
	const text = words(context);
	const { stages } = spec;
	const compared = stages.some((stage) => stage.previous != null);
	const rates = stages.map((_, index) => stageRates(stages, index));
	const percent = (value: number | null, index: number) => (index === 0 ? '' : exact(value, 'percent', context));
	const columns: FigureColumn[] = [
		{ title: text.stageRateShort, texts: rates.map((rate, index) => percent(rate.fromPrevious, index)), strong: true },
		{ title: text.totalRateShort, texts: rates.map((rate, index) => percent(rate.fromFirst, index)) }
	];
	if (context.width >= WIDE) {
		columns.push({
			title: text.drop,
			texts: rates.map(({ drop }) => (drop === null ? '' : formatDifference(-drop, 'count', context.locale)))
		});
	}
	const rows = rowsFrame(
		stages.map((stage) => stage.name),
		columns,
		context,
		compared ? 32 : 28
	);
	const counts = stages.map((stage) => exact(stage.count, 'count', context));
	const greatest = Math.max(1, ...stages.flatMap((stage) => [stage.count ?? 0, stage.previous ?? 0]));
	// The longest bar leaves room for its own label.
	const labelRoom = Math.max(...counts.map((count) => textWidth(count))) + 14;
	const solid = (stage: FunnelStage) =>
		stage.count === null ? null : spec.immature ? 0 : stage.count - Math.min(stage.immature ?? 0, stage.count);
	const young = (stage: FunnelStage) => (stage.count === null ? null : stage.count - (solid(stage) ?? 0));
	const lastIndex = stages.length - 1;
	const bar = { type: 'bar' as const, stack: 'now', emphasis: { disabled: true }, barWidth: 16, barMinHeight: 0, cursor: 'pointer' };
	return {
		height: rows.height,
		marks: stages.map((stage, index) => ({
			index,
			text: tip(spec, index, context),
			href: stage.href,
			stage: { id: stage.id, name: stage.name }
		})),
		option: {
			...frame(theme),
			grid: rows.grid,
			graphic: { elements: rows.heads },
			yAxis: rows.yAxis,
			xAxis: { type: 'value', show: false, min: 0, max: (greatest * rows.room) / Math.max(40, rows.room - labelRoom) },
			tooltip: rowTooltip(theme, (index) => tip(spec, index, context)),
			series: [
				{
					...bar,
					name: spec.name,
					data: stages.map((stage, index) => ({
						value: solid(stage) ?? '-',
						itemStyle: { color: index === lastIndex ? theme.accent : theme.bar }
					}))
				},
				{
					...bar,
					name: text.immature,
					data: stages.map((stage, index) => ({
						value: young(stage) ?? '-',
						itemStyle: { color: index === lastIndex ? theme.accent : theme.bar, decal: hatch(theme) }
					})),
					label: {
						show: true,
						position: 'right',
						distance: 6,
						color: theme.text,
						formatter: (item) => counts[item.dataIndex] ?? ''
					}
				},
				...(compared
					? [
							{
								...bar,
								stack: 'before',
								barWidth: 4,
								barGap: '15%',
								name: spec.comparisonName ?? '',
								itemStyle: { color: theme.grey },
								data: stages.map((stage) => stage.previous ?? '-')
							}
						]
					: [])
			]
		}
	};
}

function tip(spec: FunnelSpec, index: number, context: DrawContext): string {
	const stage = spec.stages[index];
	if (!stage) return '';
	const text = words(context);
	const rate = stageRates(spec.stages, index);
	const lines = [`${stage.name}  ${exact(stage.count, 'count', context)}`];
	if (index > 0) {
		lines.push(
			`${text.stageRate}  ${exact(rate.fromPrevious, 'percent', context)}`,
			`${text.totalRate}  ${exact(rate.fromFirst, 'percent', context)}`
		);
		if (rate.drop !== null) lines.push(`${text.drop}  ${exact(rate.drop, 'count', context)}`);
	}
	if (stage.immature) lines.push(`${text.immature}  ${exact(stage.immature, 'count', context)}`);
	if (stage.previous != null) {
		const change = formatChange(changeOf(stage.count, stage.previous, 'count'), 'count', context.locale);
		lines.push(`${spec.comparisonName ?? text.change}  ${exact(stage.previous, 'count', context)}  ${change}`);
	}
	return lines.join('\n');
}
