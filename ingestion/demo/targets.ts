/** Monthly targets, a bit above what the season and the place let one expect; levels add up from store to company. */
import { demand } from './calendar.ts';
import { at, type Day, dayText, type Instant, monthStart, parseDay } from './clock.ts';
import { areaOf, type Store } from './org.ts';
import type { Simulation } from './simulation.ts';

const METRICS = ['leads', 'valid_leads', 'visits', 'test_drives', 'orders', 'deliveries'] as const;
type Metric = (typeof METRICS)[number];

const AMBITION: Record<Metric, number> = {
	leads: 1.04,
	valid_leads: 1.05,
	visits: 1.05,
	test_drives: 1.06,
	orders: 1.08,
	deliveries: 1.06
};
/** The plan of the last year's second half is revised once: fewer orders, fewer deliveries. */
const REVISED: ReadonlySet<Metric> = new Set(['orders', 'deliveries']);
const REVISION = 0.95;
const REVISED_MONTHS = 6;

/** What one store is to reach in one month. */
interface Goal {
	month: Day;
	store: Store;
	metric: Metric;
	value: number;
}

export function setTargets(simulation: Simulation): void {
	const { start, end, now } = simulation;
	const december = parseDay(`${dayText(end).slice(0, 4)}-12-01`);
	const goals = planGoals(simulation, december);
	write(simulation, goals, 'v1', at(start - 20));
	const first = monthStart(december, 1 - REVISED_MONTHS);
	const revisedAt = at(first - 12, 15);
	if (revisedAt > now) return;
	const revised = goals
		.filter((goal) => REVISED.has(goal.metric) && goal.month >= first)
		.map((goal) => ({ ...goal, value: goal.value > 4 ? Math.round(goal.value * REVISION) : goal.value }));
	write(simulation, revised, 'v2', revisedAt);
}

function planGoals({ start, organisation, tally, extracts, days }: Simulation, last: Day): Goal[] {
	const totals: Record<Metric, number> = {
		leads: tally.leads,
		valid_leads: tally.valid_leads,
		visits: extracts.count('crm.visits'),
		test_drives: extracts.count('crm.test_drives'),
		orders: tally.orders,
		deliveries: tally.deliveries
	};
	const months: { month: Day; weight: number }[] = [];
	for (let month = start; month <= last; month = monthStart(month, 1)) {
		let weight = 0;
		for (let day = month; day < monthStart(month, 1); day += 1) weight += demand(day, start);
		months.push({ month, weight: weight / days.total });
	}
	const leads = [...tally.leadsOfStore.values()].reduce((sum, value) => sum + value, 0) || 1;
	const goals: Goal[] = [];
	for (const metric of METRICS) {
		for (const store of organisation.stores) {
			const share = (tally.leadsOfStore.get(store.store_id) ?? 0) / leads;
			let wanted = 0;
			let given = 0;
			for (const { month, weight } of months) {
				if (!openIn(store, month)) continue;
				wanted += totals[metric] * AMBITION[metric] * share * weight;
				// Whole numbers, and what rounding withholds in one month comes in the next.
				const value = Math.max(0, Math.round(wanted - given));
				given += value;
				goals.push({ month, store, metric, value });
			}
		}
	}
	return goals;
}

/** Adds the stores' goals up to areas, regions and the company under the organisation of the month. */
function write({ organisation, extracts }: Simulation, goals: readonly Goal[], version: string, updated_at: Instant): void {
	const regionOf = new Map(organisation.areas.map((area) => [area.area_id, area.region_id]));
	const sums = new Map<string, number>();
	for (const { month, store, metric, value } of goals) {
		const area = areaOf(store, month);
		const levels = [
			['company', 'company'],
			['region', regionOf.get(area)],
			['area', area],
			['store', store.store_id]
		] as const;
		// Many leads never reach a store, so that a store or an area can't be measured by all leads of its surroundings.
		for (const [level, member] of metric === 'leads' ? levels.slice(0, 2) : levels) {
			const key = [dayText(month), level, member, metric].join('|');
			sums.set(key, (sums.get(key) ?? 0) + value);
		}
	}
	for (const [key, value] of sums) {
		const [target_month, level, member_id, metric] = key.split('|');
		extracts.add('reference.targets', { target_month, level, member_id, metric, version, value, updated_at });
	}
}

function openIn(store: Store, month: Day): boolean {
	return store.opened < monthStart(month, 1) && (store.closed === undefined || store.closed >= month);
}
