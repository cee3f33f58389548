import { MAX_ROWS } from '../../../../../contracts/semantic.ts';
import { stageRows, type FunnelFigures } from '#lib/funnel/model.ts';
import { defaultSplit, splitName } from '#lib/funnel/split.ts';
import { loadFunnel } from '../pages/funnel.ts';
import type { Export, ExportContext } from './context.ts';

function stages(figures: FunnelFigures, name: string, { t, period, filters }: ExportContext) {
	const titles = t.funnel.stages as Record<string, string>;
	const compared = t.filters.compares[filters.compare];
	return {
		name: `onelane-${name}-${period.from}-${period.to}`,
		columns: [
			{ key: 'stage', title: t.funnel.stage },
			{ key: 'count', title: t.funnel.count },
			{ key: 'fromPrevious', title: t.funnel.fromPrevious },
			{ key: 'fromFirst', title: t.funnel.fromFirst },
			...(filters.compare === 'none' ? [] : [{ key: 'comparison', title: compared }])
		],
		rows: stageRows(figures.stages).map(({ id, count, fromPrevious, fromFirst, comparison }) => ({
			stage: titles[id] ?? id,
			count,
			fromPrevious,
			fromFirst,
			comparison
		}))
	};
}

const load = (context: ExportContext, limit?: number) => {
	const { locals, filters, period, options, recorded } = context;
	return loadFunnel(locals, filters, period, filters.by ?? defaultSplit(options), recorded, limit);
};

export const funnelLead: Export = async (context) => stages((await load(context)).lead, context.t.funnel.lead, context);

export const funnelShowroom: Export = async (context) => stages((await load(context)).showroom, context.t.funnel.showroom, context);

/** Every member, not only those that the page lists. */
export const funnelSplit: Export = async (context) => {
	const { t, locale, period } = context;
	const page = await load(context, MAX_ROWS - 1);
	const stageTitles = t.funnel.stages as Record<string, string>;
	const rateTitles = t.funnel.rates as Record<string, string>;
	return {
		name: `onelane-${t.nav.funnel}-${t.filters[page.by]}-${period.from}-${period.to}`,
		columns: [
			{ key: 'id', title: 'id' },
			{ key: 'name', title: t.filters[page.by] },
			...page.stages.map((stage) => ({ key: `count_${stage}`, title: stageTitles[stage] ?? stage })),
			...page.rates.map((rate) => ({ key: `rate_${rate}`, title: rateTitles[rate] ?? rate }))
		],
		rows: page.rows.map((row) => ({
			id: row.id,
			name: splitName(row, page.by, t, locale),
			...Object.fromEntries(page.stages.map((stage) => [`count_${stage}`, row.counts[stage] ?? null])),
			...Object.fromEntries(page.rates.map((rate) => [`rate_${rate}`, row.rates[rate] ?? null]))
		}))
	};
};
