/** What the cockpit shows, as plain figures. Rates are shares (0.634); null where there is nothing to say. */
import type { Better, Unit } from '../../../../contracts/semantic.ts';

export const KPIS = ['leads', 'valid_rate', 'visits', 'test_drives', 'orders_gross', 'cancel_rate', 'cost_per_order', 'sla_rate'] as const;
export type KpiId = (typeof KPIS)[number];

/** A figure now, in the span before, and a year before. */
export interface Compared {
	value: number | null;
	previous: number | null;
	year: number | null;
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
	target: (Target & { reached: number }) | null;
	/** A rate's parts: "5,334 of 8,412". */
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
	daysLeft: number;
	/** Orders a day that would still reach the target; null when none are needed or no day is left. */
	needed: number | null;
}

export function hero(orders: Compared, target: Target | null, days: number, horizonDays: number): Hero {
	const value = orders.value;
	const daysLeft = horizonDays - days;
	const gap = target === null || value === null ? null : target.full - value;
	return {
		...orders,
		target,
		attainment: target === null || value === null || target.full === 0 ? null : value / target.full,
		elapsed: horizonDays === 0 ? 1 : days / horizonDays,
		gap,
		daysLeft,
		needed: gap === null || gap <= 0 || daysLeft <= 0 ? null : gap / daysLeft
	};
}
