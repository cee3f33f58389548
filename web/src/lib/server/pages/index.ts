/** The pages whose questions can be proved, by the name in a proof's id. */
import type { Filters } from '#lib/filters.ts';
import type { Locale } from '#lib/format.ts';
import { defaultSplit } from '#lib/funnel/split.ts';
import type { DataDates, Period } from '#lib/periods.ts';
import type { Options } from '../context.ts';
import { comparedRanges, semanticFilters } from '../members.ts';
import type { Recorded } from '../recorded.ts';
import { ask, type Asker } from '../semantic.ts';
import { loadChannels } from './channels.ts';
import { loadCockpit } from './cockpit.ts';
import { loadFunnel } from './funnel.ts';
import { leadsQuery, mayListLeads } from './lead-list.ts';
import { loadOrganisation } from './organisation.ts';

interface Asked {
	filters: Filters;
	period: Period;
	dates: DataDates;
	options: Options;
	recorded: Recorded;
	locale: Locale;
	/** Measure that the proof is about. */
	focus: string | null;
}

const METRIC_TIME: Record<string, string> = {
	leads: 'captured_date',
	funnel: 'occurred_date',
	orders: 'order_date',
	channels: 'activity_date',
	targets: 'target_date'
};

export interface Page {
	path: string;
	/** Asks what the page asks. */
	ask: (asker: Asker, asked: Asked) => Promise<unknown>;
}

const roleOf = (asker: Asker) => asker.claims?.role ?? 'advisor';

export const PAGES: Record<string, Page> = {
	cockpit: {
		path: '/',
		ask: (asker, { filters, period, recorded, dates }) => loadCockpit(asker, filters, period, recorded, dates)
	},
	funnel: {
		path: '/funnel',
		ask: (asker, { filters, period, options, recorded }) =>
			loadFunnel(asker, filters, period, filters.by ?? defaultSplit(options), recorded)
	},
	organisation: {
		path: '/organisation',
		ask: (asker, { filters, period, options, locale }) =>
			loadOrganisation(
				asker,
				{ filters, ranges: { ...comparedRanges(period, filters), horizon: period.horizon }, locale, role: roleOf(asker) },
				options
			)
	},
	channels: {
		path: '/channels',
		ask: (asker, { filters, period, locale, recorded }) => loadChannels(asker, filters, period, locale, recorded.spend)
	},
	/** A metric by itself, as the palette finds it: any measure of a view, over the page's period. */
	metric: {
		path: '/',
		ask: (asker, { filters, period, focus }) => {
			const [view = ''] = focus?.split('.') ?? [];
			const time = METRIC_TIME[view];
			if (!focus || !time) return Promise.resolve();
			return ask(asker, {
				[view]: {
					measures: [focus],
					timeDimensions: [{ dimension: `${view}.${time}`, dateRange: [period.from, period.to] }],
					filters: semanticFilters(view, filters) ?? []
				}
			});
		}
	},
	leads: {
		path: '/leads',
		ask: async (asker, { filters, period }) =>
			mayListLeads(roleOf(asker)) &&
			ask(asker, { list: leadsQuery({ filters, ranges: { ...comparedRanges(period, filters), horizon: period.horizon } }, 1) })
	}
};
