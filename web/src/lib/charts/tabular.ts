/** A chart as a table: the same data for readers who cannot, or would rather not, see the picture. */
import { changeOf, formatChange, formatDate, formatDifference, formatNumber, type Locale, type Unit } from '../format.ts';
import { chartMessages } from '../messages/chart.ts';
import { rankRows } from './options/ranking.ts';
import { stageRates } from './options/funnel.ts';
import { tilesOf } from './options/tiles.ts';
import { waterfallBars } from './options/waterfall.ts';
import type { BarsSpec, ChartSpec, DaysSpec, FunnelSpec, RankingSpec, Value } from './spec.ts';
import { markName } from './weeks.ts';

export interface Tabular {
	/** The first column holds names, the others numbers. */
	head: string[];
	rows: string[][];
}

/** The table as HTML: written on the server, so that the browser needs no code for it. */
export function tableHtml(spec: ChartSpec, words: Words): string {
	const { head, rows } = tabular(spec, words);
	const line = (cells: string[]) =>
		`<tr>${cells.map((cell, index) => (index === 0 ? `<th scope="row">${escape(cell)}</th>` : `<td>${escape(cell)}</td>`)).join('')}</tr>`;
	const titles = head.map((title) => `<th scope="col">${escape(title)}</th>`).join('');
	return `<table><caption>${escape(spec.label)}</caption><thead><tr>${titles}</tr></thead><tbody>${rows.map(line).join('')}</tbody></table>`;
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

interface Words {
	locale: Locale;
	currency: string;
}

export function tabular(spec: ChartSpec, words: Words): Tabular {
	const text = chartMessages[words.locale];
	const write = (unit: Unit) => (value: Value | undefined) => formatNumber(value, unit, words.locale, { currency: words.currency });
	switch (spec.kind) {
		case 'trend':
		case 'daily':
			return days(spec, words);
		case 'funnel':
			return funnel(spec, words);
		case 'ranking':
			return ranking(spec, words);
		case 'bars':
			return bars(spec, words);
		case 'share':
			return {
				head: [text.name, ...spec.columns.map((column) => column.name)],
				rows: spec.parts.map((part) => [part.name, ...spec.columns.map((_, index) => write(spec.unit)(part.values[index]))])
			};
		case 'slope':
			return {
				head: [text.name, ...spec.steps],
				rows: spec.lines.map((line) => [line.name, ...spec.steps.map((_, index) => write(spec.unit)(line.values[index]))])
			};
		case 'waterfall': {
			const write = (value: number) => formatDifference(value, spec.unit, words.locale, { currency: words.currency });
			const whole = (value: number) => formatNumber(value, spec.unit, words.locale, { currency: words.currency });
			return {
				head: [text.name, text.value],
				rows: [
					[spec.start.name, whole(spec.start.value)],
					...waterfallBars(spec, text.other).map((bar) => [bar.name, write(bar.shown)]),
					[spec.end.name, whole(spec.end.value)]
				]
			};
		}
		case 'tiles':
			return {
				head: [text.name, spec.name],
				rows: tilesOf(spec.regions)
					.filter((tile) => tile.of)
					.map((tile) => [words.locale === 'en' ? tile.en : tile.zh, write(spec.unit)(tile.of?.value)])
			};
		case 'heat':
			return {
				head: [spec.name, ...spec.columns.map((column) => column.name)],
				rows: spec.rows.map((row, index) => [row.name, ...spec.columns.map((_, column) => write(spec.unit)(spec.values[index]?.[column]))])
			};
		case 'multiples':
			return {
				head: [text.date, ...spec.panels.map((panel) => panel.name)],
				rows: spec.dates.map((date, index) => [
					formatDate(date, words.locale, 'weekday'),
					...spec.panels.map((panel) => write(spec.unit)(panel.values[index]))
				])
			};
		case 'sankey': {
			const names = new Map(spec.nodes.map((node) => [node.id, node.name]));
			return {
				head: [text.name, text.value],
				rows: spec.links.map((link) => [
					`${names.get(link.from) ?? link.from} → ${names.get(link.to) ?? link.to}`,
					write(spec.unit)(link.value)
				])
			};
		}
		case 'sparkline':
			return { head: ['', text.value], rows: spec.values.map((value, index) => [String(index + 1), write(spec.unit)(value)]) };
	}
}

function days(spec: DaysSpec, { locale, currency }: Words): Tabular {
	const series = [spec.current, spec.comparison, spec.target].filter((each) => each !== undefined);
	return {
		head: [chartMessages[locale].date, ...series.map((each) => each.name)],
		rows: spec.dates.map((_, index) => [
			markName(spec, index, locale),
			...series.map((each) => formatNumber(each.values[index], spec.unit, locale, { currency }))
		])
	};
}

function funnel(spec: FunnelSpec, { locale }: Words): Tabular {
	const text = chartMessages[locale];
	const compared = spec.stages.some((stage) => stage.previous != null);
	const young = spec.stages.some((stage) => stage.immature);
	const percent = (value: Value) => formatNumber(value, 'percent', locale);
	const number = (value: Value | undefined) => formatNumber(value, 'count', locale);
	return {
		head: [
			text.stage,
			spec.name,
			text.stageRate,
			text.totalRate,
			text.drop,
			...(young ? [text.immature] : []),
			...(compared ? [spec.comparisonName ?? '', text.change] : [])
		],
		rows: spec.stages.map((stage, index) => {
			const rate = stageRates(spec.stages, index);
			const change = formatChange(changeOf(stage.count, stage.previous, 'count'), 'count', locale);
			return [
				stage.name,
				number(stage.count),
				percent(rate.fromPrevious),
				percent(rate.fromFirst),
				number(rate.drop),
				...(young ? [number(stage.immature)] : []),
				...(compared ? [number(stage.previous), change] : [])
			];
		})
	};
}

function ranking(spec: RankingSpec, { locale }: Words): Tabular {
	const text = chartMessages[locale];
	const percent = (value: Value | undefined) => formatNumber(value, 'percent', locale);
	return {
		head: [text.name, `${spec.name} · ${text.estimate}`, text.interval, text.observed, text.hits, spec.trialsName],
		rows: rankRows(spec).rows.map((row) => [
			row.name,
			row.tooFew && row.estimate ? text.tooFew : percent(row.estimate?.rate),
			row.estimate ? `${percent(row.estimate.low)}–${percent(row.estimate.high)}` : percent(null),
			percent(row.observed),
			formatNumber(row.hits, 'count', locale),
			formatNumber(row.trials, 'count', locale)
		])
	};
}

function bars(spec: BarsSpec, { locale, currency }: Words): Tabular {
	const compared = spec.rows.some((row) => row.previous != null);
	const write = (value: Value | undefined) => formatNumber(value, spec.unit, locale, { currency });
	return {
		head: [chartMessages[locale].name, spec.name, ...(compared ? [spec.comparisonName ?? '', chartMessages[locale].change] : [])],
		rows: spec.rows.map((row) => [
			row.name,
			write(row.value),
			...(compared ? [write(row.previous), formatChange(changeOf(row.value, row.previous, spec.unit), spec.unit, locale)] : [])
		])
	};
}
