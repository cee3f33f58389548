/** Rates of peers on one axis: a dot and its 90 % interval, sample size at the right, a line at the median. Best first. */
import type { CustomSeriesRenderItem } from 'echarts';
import { formatNumber } from '../../format.ts';
import { exact, frame, memberOf, textMark, textWidth, WIDER, rowTooltip, words, type DrawContext, type Drawing } from '../drawing.ts';
import type { RankingRow, RankingSpec } from '../spec.ts';
import { LEAST_TRIALS, estimateRates, median, rankOrder, type Estimate } from '../statistics.ts';
import type { ChartTheme } from '../theme.ts';
import { rowsFrame } from './rows.ts';

export interface RankedRow extends RankingRow {
	estimate: Estimate | null;
	/** Rate as counted. */
	observed: number | null;
	/** Too few tries to be compared: listed after the ranked rows, neither good nor bad. */
	tooFew: boolean;
}

/** Rows in fair order with their estimates, those of too few tries last by sample size; and the median of the ranked estimates. */
export function rankRows(spec: Pick<RankingSpec, 'rows' | 'higherIsBetter'>): { rows: RankedRow[]; middle: number | null } {
	const estimates = estimateRates(spec.rows.map((row) => ({ hits: row.hits ?? 0, trials: row.hits === null ? 0 : (row.trials ?? 0) })));
	const ordered = rankOrder(estimates, spec.higherIsBetter !== false).map((index): RankedRow => {
		const row = spec.rows[index] as RankingRow;
		return {
			...row,
			estimate: estimates[index] ?? null,
			observed: row.hits === null || !row.trials ? null : row.hits / row.trials,
			tooFew: (row.trials ?? 0) < LEAST_TRIALS
		};
	});
	const ranked = ordered.filter((row) => row.estimate && !row.tooFew);
	const rest = ordered.filter((row) => !ranked.includes(row)).sort((a, b) => (b.trials ?? 0) - (a.trials ?? 0));
	return { rows: [...ranked, ...rest], middle: median(ranked.flatMap((row) => row.estimate?.rate ?? [])) };
}

/** Rows to draw: both ends of the ranked ones, and as many of the others as there is room for. */
export function shownRows(rows: readonly RankedRow[], most = Infinity): RankedRow[] {
	const ranked = bothEnds(
		rows.filter((row) => !row.tooFew),
		most
	);
	return [...ranked, ...rows.filter((row) => row.tooFew)].slice(0, most);
}

/** The best and the worst `most` rows together. */
export function bothEnds<Row>(rows: readonly Row[], most = Infinity): Row[] {
	if (rows.length <= most) return [...rows];
	return [...rows.slice(0, Math.ceil(most / 2)), ...rows.slice(rows.length - Math.floor(most / 2))];
}

/** Differences that no figure shows are not told apart. */
const VISIBLE = 0.0005;

/** Good or bad only where the whole interval lies beyond the median. */
export function standing(estimate: Estimate, middle: number | null, higherIsBetter: boolean | null | undefined): 'good' | 'bad' | 'usual' {
	if (
		middle === null ||
		higherIsBetter === null ||
		Math.abs(estimate.rate - middle) < VISIBLE ||
		(estimate.low <= middle && estimate.high >= middle)
	)
		return 'usual';
	return estimate.low > middle === (higherIsBetter ?? true) ? 'good' : 'bad';
}

function colourOf(row: RankedRow, middle: number | null, spec: RankingSpec, theme: ChartTheme): string {
	if (!row.estimate || row.tooFew) return theme.other;
	const colours = { good: theme.good, bad: theme.bad, usual: row.own ? theme.accent : theme.text };
	return colours[standing(row.estimate, middle, spec.higherIsBetter)];
}

const MOST_ROW = 46;
/** Below this width nothing stands beside it. */
const BESIDE = 400;

export function rankingOption(spec: RankingSpec, context: DrawContext): Drawing {
	const { theme } = context;
	const { rows: ranked, middle } = rankRows(spec);
	const rows = shownRows(ranked, spec.most);
	const frameOfRows = rowsFrame(
		rows.map((row) => row.name),
		[
			{ title: words(context).estimate, texts: rows.map((row) => estimateText(row, context)), strong: true },
			{ title: spec.trialsName, texts: rows.map((row) => exact(row.trials, 'count', context)) }
		],
		context,
		28,
		context.width < BESIDE ? 0 : Math.min(MOST_ROW, Math.floor((spec.tall ?? 0) / rows.length))
	);
	const bounds = rows.flatMap((row) => (row.estimate ? [row.estimate.low, row.estimate.high] : []));
	const least = Math.min(...bounds, middle ?? 1);
	const most = Math.max(...bounds, middle ?? 0);
	const margin = Math.max((most - least) * 0.06, 0.002);
	const colours = rows.map((row) => colourOf(row, middle, spec, theme));
	const mark: CustomSeriesRenderItem = (params, api) => {
		const [, y = 0] = api.coord([api.value(1), api.value(0)]);
		const at = (index: number) => api.coord([api.value(index), api.value(0)])[0] ?? 0;
		const colour = colours[params.dataIndex] ?? theme.text;
		return {
			type: 'group',
			// Emphasis would compute a colour from a custom property, and end with none.
			emphasisDisabled: true,
			children: [
				{ type: 'rect', shape: { x: at(2), y: y - 12, width: Math.max(8, at(3) - at(2)), height: 24 }, style: { fill: 'transparent' } },
				{
					type: 'line',
					shape: { x1: at(2), y1: y, x2: at(3), y2: y },
					style: { fill: 'none', stroke: colour, lineWidth: 2, opacity: 0.45, lineCap: 'round' }
				},
				{ type: 'circle', shape: { cx: at(1), cy: y, r: 4.5 }, style: { fill: colour } }
			]
		};
	};
	const reference: CustomSeriesRenderItem = (params, api) => {
		const [x = 0] = api.coord([middle ?? 0, 0]);
		const area = params.coordSys as unknown as { y: number; height: number };
		const shape = { x1: x, y1: area.y - 2, x2: x, y2: area.y + area.height };
		return { type: 'line', silent: true, shape, style: { fill: 'none', stroke: theme.faint, lineWidth: 1, lineDash: [2, 3] } };
	};
	const medianText = `${words(context).median} ${formatNumber(middle, 'percent', context.locale)}`;
	const scale = frameOfRows.room / (most - least + 2 * margin);
	const middleX = frameOfRows.left + ((middle ?? 0) - least + margin) * scale;
	const half = (textWidth(medianText) * WIDER) / 2;
	const medianPlace = { x: Math.min(Math.max(middleX, frameOfRows.left + half), frameOfRows.left + frameOfRows.room - half), y: 3 };
	const elements = [...frameOfRows.heads, ...(middle === null ? [] : [textMark(theme, medianPlace, medianText, { align: 'center' })])];
	return {
		height: frameOfRows.height,
		marks: rows.map((row, index) => ({
			index,
			series: middle === null ? 0 : 1,
			text: tip(spec, row, context),
			href: row.href,
			member: memberOf(spec, row)
		})),
		option: {
			...frame(theme),
			grid: frameOfRows.grid,
			graphic: { elements },
			yAxis: frameOfRows.yAxis,
			xAxis: { type: 'value', show: false, min: least - margin, max: most + margin },
			tooltip: rowTooltip(theme, (index) => tip(spec, rows[index], context)),
			series: [
				...(middle === null
					? []
					: [{ type: 'custom' as const, silent: true, renderItem: reference, data: [[0, middle]], tooltip: { show: false } }]),
				{
					type: 'custom',
					renderItem: mark,
					encode: { x: [1, 2, 3], y: 0 },
					data: rows.map((row, index) =>
						row.estimate ? [index, row.estimate.rate, row.estimate.low, row.estimate.high] : [index, '-', '-', '-']
					)
				}
			]
		}
	};
}

function estimateText({ estimate, tooFew }: RankedRow, context: DrawContext): string {
	return tooFew && estimate ? words(context).tooFew : exact(estimate?.rate, 'percent', context);
}

function tip(spec: RankingSpec, row: RankedRow | undefined, context: DrawContext): string {
	if (!row) return '';
	const text = words(context);
	const percent = (value: number | null | undefined) => exact(value, 'percent', context);
	return [
		row.name,
		`${spec.name} · ${text.estimate}  ${percent(row.estimate?.rate)}`,
		...(row.tooFew && row.estimate ? [text.tooFewHint(LEAST_TRIALS)] : []),
		`${text.interval}  ${percent(row.estimate?.low)}–${percent(row.estimate?.high)}`,
		`${text.observed}  ${percent(row.observed)} (${exact(row.hits, 'count', context)} / ${exact(row.trials, 'count', context)})`
	].join('\n');
}
