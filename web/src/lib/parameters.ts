/** Names of the search parameters, and addresses with some of them changed. Free of the schema, so that the browser need not carry it. */

/** Splits of a page; the semantic layer's member for each is `<id>_id`, or as written in MEMBER. */
export const SPLITS = [
	'region',
	'area',
	'store',
	'group',
	'inviter',
	'advisor',
	'channel',
	'campaign',
	'series',
	'grade',
	'origin',
	'province',
	'city_tier',
	'sales_model'
] as const;
export type Split = (typeof SPLITS)[number];

/** Filters that choose members. */
export const MEMBER_FILTERS = [
	'region',
	'area',
	'store',
	'group',
	'inviter',
	'advisor',
	'channel',
	'campaign',
	'series',
	'grade',
	'origin'
] as const;
export type MemberFilter = (typeof MEMBER_FILTERS)[number];

/** Stages of the lead funnel, in order. */
export const LEAD_STAGES = [
	'lead',
	'valid',
	'dispatched',
	'assigned',
	'first_attempt',
	'connected',
	'appointment',
	'visit',
	'test_drive',
	'order',
	'delivery'
] as const;
export type LeadStage = (typeof LEAD_STAGES)[number];

/** Dimensions by which a change is explained. */
export const WHYS = ['region', 'store', 'channel', 'campaign', 'series', 'grade'] as const;
export type Why = (typeof WHYS)[number];

/** The address with some parameters changed; `null` or an empty list takes one away. */
export function withParameters(
	url: { pathname: string; search: string },
	changes: Record<string, string | readonly string[] | null>
): string {
	const search = new URLSearchParams(url.search);
	for (const [key, value] of Object.entries(changes)) {
		search.delete(key);
		if (typeof value === 'string') search.set(key, value);
		else value?.forEach((item) => search.append(key, item));
	}
	const query = search.toString();
	return query ? `${url.pathname}?${query}` : url.pathname;
}

/** Parameters that stay when a reader goes to another page. */
export function sharedParameters(search: string): string {
	const from = new URLSearchParams(search);
	const kept = new URLSearchParams();
	for (const key of ['from', 'to', 'period', 'last', 'view', 'compare', 'align', 'with', ...MEMBER_FILTERS, 'without'])
		for (const value of from.getAll(key)) kept.append(key, value);
	const query = kept.toString();
	return query ? `?${query}` : '';
}
