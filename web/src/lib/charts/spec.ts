/** What a chart shows, as plain data that travels from the server to the browser. How it looks is the builders' business. */
import type { Unit } from '../format.ts';

export type Value = number | null;

interface Base {
	/** Text alternative: one computed sentence that says what the chart shows. */
	label: string;
	/** Dimension that the ids of its rows, parts or tiles belong to, as splits are named (`region`): its marks can then be drilled. */
	dimension?: string;
}

export interface DaySeries {
	name: string;
	/** One value a date; null where nothing is known yet. */
	values: Value[];
}

/** A line, or bars, by day; the comparison is aligned to the same positions. */
export interface DaysSpec extends Base {
	kind: 'trend' | 'daily';
	unit: Unit;
	/** Business dates (`2026-11-22`), or the first days of weeks. */
	dates: string[];
	/** Days that are counted, where a week may reach beyond them. */
	within?: { from: string; to: string };
	current: DaySeries;
	comparison?: DaySeries;
	/** Drawn as a step. */
	target?: DaySeries;
	/** Shades Saturdays and Sundays. */
	weekends?: boolean;
	/** Days worth a name: auto shows, holidays, campaigns. */
	marks?: { date: string; name: string }[];
	/** Height in pixels; 232 by default. */
	height?: number;
	/** Dragging over days chooses them as the period. */
	brush?: boolean;
}

export interface FunnelStage {
	id: string;
	name: string;
	count: Value;
	/** Count of the comparison. */
	previous?: Value;
	/** Part of the count that belongs to cohorts still too young to judge. */
	immature?: Value;
	href?: string;
}

export interface FunnelSpec extends Base {
	kind: 'funnel';
	name: string;
	comparisonName?: string;
	stages: FunnelStage[];
	/** The whole count is still growing: bars are hatched. */
	immature?: boolean;
}

export interface RankingRow {
	id: string;
	name: string;
	/** Successes and tries; the row's rate is hits / trials. */
	hits: Value;
	trials: Value;
	href?: string;
	/** Drawn in the accent colour, such as the reader's own store. */
	own?: boolean;
}

/** Rates with their sample size: shrunken estimate and 90 % interval on one axis. */
export interface RankingSpec extends Base {
	kind: 'ranking';
	/** Name of the rate. */
	name: string;
	/** Name of the tries, such as "leads". */
	trialsName: string;
	rows: RankingRow[];
	/** False where a low rate is the good one; null where neither is. Default true. */
	higherIsBetter?: boolean | null;
	/** Shows at most so many rows, from both ends; every row still counts as a peer, and the table has them all. */
	most?: number;
	/** Rows share at least so much height where something as tall stands beside them. */
	tall?: number;
}

export interface BarsRow {
	id: string;
	name: string;
	value: Value;
	previous?: Value;
	colour?: number;
	href?: string;
}

export interface BarsSpec extends Base {
	kind: 'bars';
	unit: Unit;
	name: string;
	comparisonName?: string;
	rows: BarsRow[];
}

export interface SharePart {
	id: string;
	name: string;
	/** Number of a categorical colour (1 to 8); 0 is grey. */
	colour?: number;
	/** One value a column. */
	values: Value[];
}

/** Parts of a whole, one stacked bar a column; past six parts the smallest become "other". */
export interface ShareSpec extends Base {
	kind: 'share';
	unit: Unit;
	columns: { id: string; name: string }[];
	parts: SharePart[];
}

/** How members move between steps that read the same total, such as attribution models. */
export interface SlopeSpec extends Base {
	kind: 'slope';
	unit: Unit;
	steps: string[];
	/** Height in pixels; as many as the labels need by default. */
	height?: number;
	/** `dashed` tells lines of the same colour apart. */
	lines: { id: string; name: string; values: Value[]; colour?: number; dashed?: boolean }[];
}

export interface SparklineSpec extends Base {
	kind: 'sparkline';
	unit: Unit;
	values: Value[];
}

export interface WaterfallPart {
	id: string;
	name: string;
	/** Contribution to the change, in the unit of the whole. */
	value: number;
	/** Where it is a member: its dimension, as splits are named. */
	dimension?: string;
	href?: string;
}

/** How a figure came from one value to another: contributions that add up, drawn from zero change. */
export interface WaterfallSpec extends Base {
	kind: 'waterfall';
	unit: Unit;
	start: { name: string; value: number };
	parts: WaterfallPart[];
	end: { name: string; value: number };
	/** Which way is good news; `up` by default. */
	better?: 'up' | 'down' | 'none';
}

export interface TileRegion {
	/** Name as the data has it, such as 江苏 or 江苏省; regions of China that the list leaves out are drawn as missing. */
	id: string;
	value: Value;
	/** Sample size or another sentence for the tooltip. */
	note?: string;
	href?: string;
}

/** The 34 regions of China as tiles, values printed. */
export interface TilesSpec extends Base {
	kind: 'tiles';
	unit: Unit;
	name: string;
	regions: TileRegion[];
	/** Value that is neither good nor bad: the scale then runs both ways from it. */
	middle?: number;
}

/** A matrix of values, printed; null is a gap. */
export interface HeatSpec extends Base {
	kind: 'heat';
	unit: Unit;
	name: string;
	rows: { id: string; name: string }[];
	columns: { id: string; name: string }[];
	/** One list a row. */
	values: Value[][];
	middle?: number;
}

export interface Panel {
	id: string;
	name: string;
	values: Value[];
	comparison?: Value[];
	href?: string;
}

/** The same line for many members, on shared axes. */
export interface MultiplesSpec extends Base {
	kind: 'multiples';
	unit: Unit;
	/** Business dates. */
	dates: string[];
	panels: Panel[];
	comparisonName?: string;
}

export interface FlowNode {
	id: string;
	name: string;
	/** Column from the left, from 0. */
	layer: number;
	colour?: number;
}

/** How many went from where to where; at most twelve nodes are drawn, the smallest of a layer become "other". */
export interface SankeySpec extends Base {
	kind: 'sankey';
	unit: Unit;
	nodes: FlowNode[];
	links: { from: string; to: string; value: number }[];
}

export type ChartSpec =
	| DaysSpec
	| FunnelSpec
	| RankingSpec
	| BarsSpec
	| ShareSpec
	| SlopeSpec
	| SparklineSpec
	| WaterfallSpec
	| TilesSpec
	| HeatSpec
	| MultiplesSpec
	| SankeySpec;
export type ChartKind = ChartSpec['kind'];
