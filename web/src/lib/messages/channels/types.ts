/** Words of the channels page. */
import type { Compare } from '../../comparison.ts';

export type ChannelColumn =
	| 'name'
	| 'spend'
	| 'impressions'
	| 'leads'
	| 'valid_rate'
	| 'cpl'
	| 'cost_per_valid_lead'
	| 'test_drives'
	| 'cost_per_test_drive'
	| 'orders_net'
	| 'cost_per_order'
	| 'cost_per_order_change'
	| 'roas'
	| 'known_customer_share'
	| 'duplicate_rate'
	| 'visits'
	| 'order_rate'
	| 'leads_change'
	| 'shift';

export type Model = 'first_touch' | 'last_touch' | 'last_non_direct' | 'linear';

export interface ChannelFacts {
	spend: string | null;
	leads: string;
	orders: string;
	costPerOrder: string | null;
	change: string | null;
}

/** Leads that look cheap until only the valid ones are counted. */
export interface Trap {
	name: string;
	cpl: string;
	validRate: string;
	cost: string;
	usual: string;
}

export interface ChannelMessages {
	title: string;
	question: string;
	everything: string;
	path: string;
	by: { label: string; channel: string; campaign: string };
	columns: Record<ChannelColumn, string>;
	hints: Partial<Record<ChannelColumn, string>>;
	groups: { cohort: string; period: string };
	none: { channel: string; campaign: string };
	walkIn: string;
	/** Beside a member that only the compared days have. */
	past: string;
	kpis: string;
	table: (of: string) => string;
	/** Where spend is absent. */
	tableWithoutSpend: (of: string) => string;
	tableNote: string;
	noSpend: string;
	/** No source delivers any. */
	spendNotLanded: string;
	costTitle: string;
	costNote: (shown: number, all: number) => string;
	costLabel: (best: string, worst: string) => string;
	costEmpty: string;
	modelsTitle: string;
	/** Null where models differ, as they do for one channel alone. */
	modelsNote: (shown: number, walkIns: string | null, hasNobody: boolean) => string;
	modelsTotal: (total: string | null) => string;
	modelsLabel: (total: string | null) => string;
	modelsTable: (of: string) => string;
	modelsEmpty: string;
	models: Record<Model, string>;
	modelHints: Record<Model, string>;
	other: (count: number) => string;
	compares: Record<Compare, string>;
	/** A change, and against what. */
	changeOn: (compared: string, change: string) => string;
	answer: (facts: ChannelFacts) => string;
	trap: (trap: Trap) => string;
}
