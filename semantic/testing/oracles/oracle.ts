/** What a view's measures mean, said a second time in plain SQL on the marts, so that the model has something to be wrong against. */

export interface Oracle {
	view: string;
	table: string;
	/** Business date by which the view is asked, its member and its column. */
	time: string;
	/** Member to column: dimensions to group by, first one that a rollup has, then one that none has. */
	groups: { inRollup?: [member: string, column: string]; inFact: [member: string, column: string] };
	/** Column by which a scoped role is limited, and that role. */
	scope?: { role: 'region_manager' | 'store_manager' | 'advisor'; column: string };
	/** Holds on every query of the view, in Cube's words and in SQL. */
	always?: { filters: { member: string; operator: 'equals'; values: string[] }[]; where: string };
	/** Measures that a rollup answers. */
	additive: Record<string, string>;
	/** Measures that only the facts answer. */
	others: Record<string, string>;
}

export const counted = (condition: string) => `count(*) FILTER (WHERE ${condition})`;

/** Nothing divided by nothing is nothing. */
export const per = (part: string, whole: string) => `CAST(${part} AS DOUBLE) / nullif(${whole}, 0)`;

export const total = (column: string) => `sum(${column})`;
