/** Words of the organisation page. */
import type { Level, MemberLevel } from '../../organisation/levels.ts';
import type { Compare } from '../../comparison.ts';

export interface OrganisationMessages {
	title: string;
	question: string;
	everybody: string;
	levels: Record<Level, string>;
	/** One of them, as a column's title. */
	level: Record<Level, string>;
	/** Of members in a running sentence. */
	members: Record<MemberLevel, string>;
	nobody: Record<MemberLevel, string>;
	path: string;
	compareBy: string;
	hierarchy: { title: string; now: string; then: string; hint: string };
	cohort: string;
	period: string;
	columns: Record<ColumnKey, string>;
	hints: Partial<Record<ColumnKey, string>>;
	ratios: { orderOfLeads: string; validOfLeads: string; visitOfLeads: string; orderOfVisits: string; driveOfVisits: string; sla: string };
	trials: { leads: string; visits: string; due: string };
	rankingNote: (shown: number, all: number) => string;
	rankingLabel: (rate: string, level: string, best: string, worst: string) => string;
	previous: string;
	peers: (value: string) => string;
	of: (count: string, name: string) => string;
	immature: (share: string) => string;
	table: (level: string) => string;
	rowsShown: (shown: string, all: string) => string;
	kpis: string;
	target: string;
	/** Orders of the period, cancelled ones too. */
	ordersPlaced: string;
	leadsTitle: string;
	leadsShown: (shown: string, all: string) => string;
	allLeads: string;
	leadsDenied: string;
	leadsEmpty: string;
	compares: Record<Compare, string>;
	/** A change, and against what. */
	changeOn: (compared: string, change: string) => string;
	/** Beside a rate that will still rise. */
	young: string;
	answer: (facts: AnswerFacts) => string;
	statuses: Record<string, string>;
	sla: Record<string, string>;
	stages: Record<string, string>;
}

export type ColumnKey =
	| 'name'
	| 'leads'
	| 'leads_change'
	| 'valid_rate'
	| 'sla_rate'
	| 'visits'
	| 'test_drives'
	| 'orders'
	| 'order_rate'
	| 'order_rate_change'
	| 'orders_net'
	| 'cancel_rate'
	| 'attainment'
	| 'attainment_to_date'
	| 'phone'
	| 'captured'
	| 'channel'
	| 'series'
	| 'grade'
	| 'status'
	| 'stage'
	| 'sla'
	| 'owner';

export interface AnswerFacts {
	place: string;
	leads: string;
	/** Of the leads against the compared period; null without one. */
	change: string | null;
	ordersNet: string;
	attainment: string | null;
	/** Against the target of the days that have passed; null where these are all. */
	toDate: string | null;
}
