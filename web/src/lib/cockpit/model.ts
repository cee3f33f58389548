/** What the cockpit shows, as plain figures. Rates are shares (0.634); null where there is nothing to say. */
import type { Better, Unit } from '../../../../contracts/semantic.ts';
import type { Why } from '../parameters.ts';

/** From lead to delivery, in their order; the rest of the tree hangs on them. */
export const STEPS = ['leads', 'valid_leads', 'visits', 'test_drives', 'orders_net', 'deliveries'] as const;
export const QUALITY = ['sla_rate', 'cancel_rate', 'cost_per_order'] as const;
export type KpiId = (typeof STEPS)[number] | (typeof QUALITY)[number];

/** What proves each figure: the page's question, and the measure as it is defined. */
export const PROOFS: Record<KpiId, string> = {
	leads: 'cockpit.people:leads.leads',
	valid_leads: 'cockpit.people:leads.valid_leads',
	visits: 'cockpit.events:funnel.visits',
	test_drives: 'cockpit.events:funnel.test_drives',
	orders_net: 'cockpit.events:funnel.orders_net',
	deliveries: 'cockpit.events:funnel.deliveries',
	sla_rate: 'cockpit.people:leads.sla_rate',
	cancel_rate: 'cockpit.events:funnel.cancel_rate',
	cost_per_order: 'cockpit.paid:channels.cost_per_order'
};

/** The same for what changed, by what it is split into. */
export const CHANGE_PROOFS: Record<Why, string> = {
	region: 'cockpit.places:funnel.orders_net',
	store: 'cockpit.places:funnel.orders_net',
	channel: 'cockpit.paid',
	campaign: 'cockpit.paid',
	series: 'cockpit.kinds:funnel.orders_net',
	grade: 'cockpit.kinds:funnel.orders_net'
};

/** A figure now, in the span before, a year before, and for the member it is compared with. */
export interface Compared {
	value: number | null;
	previous: number | null;
	year: number | null;
	/** Undefined where no other member is compared with. */
	other?: number | null;
}

export interface Target {
	/** Due by the period's last day. */
	toDate: number;
	/** Of the whole month, quarter … that the period is on its way through. */
	full: number;
}

export interface Kpi extends Compared {
	id: KpiId;
	unit: Unit;
	better: Better;
	target: Target | null;
	/** A rate's parts ("5,334 of 8,412"), or for a count what it is of the step before. */
	parts: { numerator: number; denominator: number } | null;
	/** Why there is no figure: no source delivers it, or it is not known at the grain of the filters. */
	absent: 'not_recorded' | 'not_at_grain' | null;
}

export interface Hero extends Compared {
	target: Target | null;
	/** Share of the target reached. */
	attainment: number | null;
	/** Share of the days gone. */
	elapsed: number;
	/** Target less orders; negative when above target. */
	gap: number | null;
	/** Orders less what was due by the last day: where the month stands today. */
	lead: number | null;
	daysLeft: number;
	/** Orders a day that would still reach the target; null when none are needed or no day is left. */
	needed: number | null;
}

/** How far a region, area or store is with its own target. */
export interface Attainment {
	id: string;
	zh: string;
	en: string;
	value: number;
	target: Target;
}

export function hero(orders: Compared, target: Target | null, days: number, horizonDays: number): Hero {
	// What is held back is NaN: it is shown to be so, and nothing is worked out with it.
	const value = Number.isNaN(orders.value) ? null : orders.value;
	const daysLeft = horizonDays - days;
	const gap = target === null || value === null ? null : target.full - value;
	return {
		...orders,
		target,
		attainment: target === null || value === null || target.full === 0 ? null : value / target.full,
		elapsed: horizonDays === 0 ? 1 : days / horizonDays,
		gap,
		lead: target === null || value === null ? null : value - target.toDate,
		daysLeft,
		needed: gap === null || gap <= 0 || daysLeft <= 0 ? null : gap / daysLeft
	};
}
