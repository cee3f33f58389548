/** What is used of Cube's query, which carries no types of its own. */
export interface Ordered {
	order: { id: string; desc: boolean }[];
	ungrouped: boolean | undefined;
	dimensionsForSelect(): { selectColumns(): unknown; expressionName?: string; dimension: string }[];
}

/**
 * The order that was asked for, then every member in turn: of rows that are equal by the first, any could come before the other,
 * and a page would show them otherwise after each refresh and on each warehouse. Lists of single rows are ordered as they ask:
 * they end with a key, and a sort by all their columns would read all of these for all rows.
 */
export function withTiesBroken(query: Ordered): Ordered['order'] {
	const { order, ungrouped } = query;
	if (ungrouped || order.length === 0) return order;
	const members = query
		.dimensionsForSelect()
		.filter((member) => member.selectColumns())
		.map((member) => member.expressionName ?? member.dimension);
	const known = new Set(order.map(({ id }) => id.toLowerCase()));
	return [...order, ...members.filter((id) => !known.has(id.toLowerCase())).map((id) => ({ id, desc: false }))];
}
