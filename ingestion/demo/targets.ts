/** Monthly targets, a bit above what the season and the place let one expect; levels add up from store to company. */
import { demand } from './calendar.ts';
import { at, type Day, dayText, monthStart } from './clock.ts';
import { areaOf, type Store } from './org.ts';
import type { Simulation } from './simulation.ts';

const METRICS = ['leads', 'valid_leads', 'visits', 'test_drives', 'orders', 'deliveries'] as const;
export type Metric = (typeof METRICS)[number];

const AMBITION: Record<Metric, number> = { leads: 1.04, valid_leads: 1.05, visits: 1.05, test_drives: 1.06, orders: 1.08, deliveries: 1.06 };
/** A revised plan for the second half of the last year: fewer orders, fewer deliveries. */
const REVISION = { version: 'v2', factor: 0.95, metrics: new Set<Metric>(['orders', 'deliveries']) };

/** Totals of the whole history by metric, and the dispatched leads of each store. */
export interface Achieved {
	totals: Record<Metric, number>;
	leadsOf: ReadonlyMap<string, number>;
}

export function setTargets(simulation: Simulation, achieved: Achieved): void {
	const { start, end, organisation } = simulation;
	const months: { month: Day; weight: number }[] = [];
	const last = monthStart(Date.UTC(Number(dayText(end).slice(0, 4)), 11, 1) / 86_400_000);
	for (let month = start; month <= last; month = monthStart(month, 1)) {
		let weight = 0;
		for (let day = month; day < monthStart(month, 1); day += 1) weight += demand(day, start);
		months.push({ month, weight });
	}
	const history = simulation.days.total;
	const leads = [...achieved.leadsOf.values()].reduce((sum, value) => sum + value, 0) || 1;
	const sums = new Map<string, number>();
	const add = (month: Day, level: string, member: string, metric: Metric, value: number): void => {
		const key = [dayText(month), level, member, metric].join('|');
		sums.set(key, (sums.get(key) ?? 0) + value);
	};
	for (const metric of METRICS) {
		for (const store of organisation.stores) {
			const share = (achieved.leadsOf.get(store.store_id) ?? 0) / leads;
			let wanted = 0;
			let given = 0;
			for (const { month, weight } of months) {
				if (!openIn(store, month)) continue;
				wanted += achieved.totals[metric] * AMBITION[metric] * share * (weight / history);
				// Whole numbers, and what rounding withholds in one month comes in the next.
				const value = Math.max(0, Math.round(wanted - given));
				given += value;
				const area_id = areaOf(store, month);
				add(month, 'company', 'company', metric, value);
				add(month, 'region', organisation.areas.find((area) => area.area_id === area_id)?.region_id as string, metric, value);
				// Many leads never reach a store, so that a store can't be measured by all leads of its surroundings.
				if (metric === 'leads') continue;
				add(month, 'area', area_id, metric, value);
				add(month, 'store', store.store_id, metric, value);
			}
		}
	}
	for (const [key, value] of sums) {
		const [target_month, level, member_id, metric] = key.split('|') as [string, string, string, Metric];
		const row = { target_month, level, member_id, metric, version: 'v1', value, updated_at: at(start - 20) };
		simulation.extracts.add('reference.targets', row);
	}
	revise(simulation, last);
}

/** The revision is made at the level of stores and added up again, so that levels stay consistent. */
function revise(simulation: Simulation, last: Day): void {
	const first = monthStart(last, -5);
	const when = at(first - 12, 15);
	if (when > simulation.now) return;
	const rows = simulation.extracts.rows.get('reference.targets') ?? [];
	const plan = rows.filter((row) => REVISION.metrics.has(row.metric as Metric) && (row.target_month as string) >= dayText(first));
	const revised = new Map<string, number>();
	const { organisation } = simulation;
	for (const row of plan.filter((entry) => entry.level === 'store')) {
		const store = organisation.stores.find((entry) => entry.store_id === row.member_id) as Store;
		const month = Date.parse(row.target_month as string) / 86_400_000;
		const area_id = areaOf(store, month);
		const region_id = organisation.areas.find((area) => area.area_id === area_id)?.region_id as string;
		const value = (row.value as number) > 4 ? Math.round((row.value as number) * REVISION.factor) : (row.value as number);
		for (const [level, member] of [['store', store.store_id], ['area', area_id], ['region', region_id], ['company', 'company']] as const) {
			const key = [row.target_month, level, member, row.metric].join('|');
			revised.set(key, (revised.get(key) ?? 0) + value);
		}
	}
	for (const row of plan) {
		const value = revised.get([row.target_month, row.level, row.member_id, row.metric].join('|')) as number;
		simulation.extracts.add('reference.targets', { ...row, version: REVISION.version, value, updated_at: when });
	}
}

function openIn(store: Store, month: Day): boolean {
	return store.opened < monthStart(month, 1) && (store.closed === undefined || store.closed >= month);
}
