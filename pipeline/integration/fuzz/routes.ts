/** What each endpoint takes, so that each field of it can be given what it does not expect. A route that is missing here fails a test. */
import type { SemanticQueryInput } from '../../../contracts/semantic.ts';
import { FILTER_KEYS } from '../../../web/src/lib/filters.ts';

export interface Description {
	/** Search parameters. */
	query?: readonly string[];
	/** Values of the path's parameters that are right. */
	params?: Record<string, readonly string[]>;
	/** Fields of forms, with a value that is right. */
	form?: Record<string, string>;
	/** A body of JSON with everything that it may hold. */
	json?: unknown;
	/** Actions of a page, as SvelteKit names them in its address. */
	actions?: readonly string[];
	/** How callers say who they are; none by default. */
	as?: 'session' | 'personal';
}

/** Holds every key that a query may have: a test compares it with the schema. */
export const WHOLE_QUERY: { query: SemanticQueryInput; queryType: 'multi' } = {
	queryType: 'multi',
	query: {
		measures: ['leads.leads'],
		dimensions: ['leads.region_id'],
		timeDimensions: [
			{
				dimension: 'leads.captured_date',
				granularity: 'month',
				compareDateRange: [
					['2026-01-01', '2026-01-31'],
					['2025-01-01', '2025-01-31']
				]
			}
		],
		filters: [
			{ member: 'leads.status', operator: 'equals', values: ['valid', null] },
			{ member: 'leads.city', operator: 'contains', values: ['海'] },
			{ member: 'leads.leads', operator: 'gte', values: [1] },
			{ member: 'leads.captured_date', operator: 'inDateRange', values: ['2026-01-01', '2026-02-01'] },
			{ or: [{ member: 'leads.city', operator: 'set' }, { and: [{ member: 'leads.region_id', operator: 'notSet' }] }] }
		],
		order: [['leads.leads', 'desc']],
		limit: 5,
		offset: 0,
		total: true,
		timezone: 'UTC',
		responseFormat: 'default'
	}
};

const AUDIT_FILTER = ['action', 'about', 'from', 'until', 'before'];
const page: Description = { query: FILTER_KEYS, as: 'session' };
const tables = [
	'channels',
	'channels-models',
	'cockpit-days',
	'funnel-lead',
	'funnel-showroom',
	'funnel-split',
	'organisation',
	'leads',
	'leads.csv',
	'leads.xlsx'
];

/** Of the web server, by SvelteKit's route ids. */
export const WEB: Record<string, Description> = {
	'/(app)': { ...page, form: { date: '2026-11-11', text: 'a note', id: 'x' }, actions: ['pin', 'unpin'] },
	'/(app)/channels': page,
	'/(app)/funnel': page,
	'/(app)/organisation': page,
	'/(app)/leads': page,
	'/(app)/members': { query: ['q', 'region', 'area'], as: 'session' },
	'/(app)/views': {
		form: { do: 'save', page: '/funnel', search: '?split=region', name: 'mine', shared: 'on', id: 'x', role: 'executive' },
		as: 'session'
	},
	'/wall': page,
	'/wall/version': { as: 'session' },
	'/(app)/find': { query: ['q'], as: 'session' },
	'/(app)/proof/[id]': { ...page, params: { id: ['cockpit.cohort', 'funnel.cohort:leads', 'channels.rows:spend'] } },
	// Not there in a built server.
	'/dev/components': {},
	'/(app)/export/[table]': { ...page, params: { table: tables } },
	'/login': { query: ['to', 'fault'], form: { role: 'store_manager', member: 'S1', to: '/' } },
	'/login/code': { form: { name: 'somebody', code: 'ABCD-EFGH', password: 'a long enough password', again: 'a long enough password' } },
	'/login/oidc': { query: ['to', 'again'] },
	'/login/oidc/callback': { query: ['code', 'state', 'iss', 'error'] },
	'/(account)/account': {
		query: ['changed'],
		form: { id: 'x', name: 'a token', days: '30', permissions: 'query' },
		actions: ['end', 'endAll', 'token', 'revoke'],
		as: 'session'
	},
	'/(account)/account/password': { form: { present: 'x', password: 'y', again: 'y', name: 'somebody' }, as: 'session' },
	'/(account)/admin/users': {
		query: ['about', 'role', 'page'],
		form: { name: 'somebody', display_name: 'Some Body', role: 'executive' },
		as: 'session'
	},
	'/(account)/admin/users/[id]': {
		params: { id: ['somebody'] },
		form: { role: 'region_manager', scope: 'region_id:R1', kind: 'store_id', q: 'x', look: '1' },
		actions: ['sight', 'disable', 'enable', 'reset', 'signOut'],
		as: 'session'
	},
	'/(account)/admin/users/members': { query: ['kind', 'q'], as: 'session' },
	'/(account)/admin/audit': { query: AUDIT_FILTER, as: 'session' },
	'/(account)/admin/audit/export': { query: AUDIT_FILTER, as: 'session' },
	'/logout': { form: {} },
	'/preferences': { form: { lang: 'en', theme: 'dark', up: 'red', to: '/' } },
	'/healthz': {},
	'/readyz': {},
	'/api/v1/load': { query: ['query', 'queryType'], json: WHOLE_QUERY, as: 'personal' },
	'/api/v1/sql': { query: ['query', 'queryType'], json: WHOLE_QUERY, as: 'personal' },
	'/api/v1/meta': { query: ['onlyViews'], as: 'personal' }
};

/** Of the semantic server. */
export const SEMANTIC: Record<string, Description> = {
	'/healthz': {},
	'/metrics': {},
	'/readyz': {},
	'/cubejs-api/v1/load': { query: ['query', 'queryType'], json: WHOLE_QUERY },
	'/cubejs-api/v1/sql': { query: ['query', 'queryType'], json: WHOLE_QUERY },
	'/cubejs-api/v1/dry-run': { query: ['query', 'queryType'], json: WHOLE_QUERY },
	'/cubejs-api/v1/meta': { query: ['onlyViews'] }
};
