/** What the address says: one strict schema for the search parameters of all pages. The address is the whole state. */
import { z } from 'zod';
import { LEAD_STAGES, MEMBER_FILTERS, SPLITS, WHYS } from './parameters.ts';
import { ALIGNMENTS, COMPARES, comparedMember, comparesOf, yearBefore, type Holiday, type YearBefore } from './comparison.ts';
import { customPeriod, isDate, isPreset, presetPeriod, type DataDates, type Period, type Preset } from './periods.ts';

export const MODELS = ['first_touch', 'last_touch', 'last_non_direct', 'linear'] as const;

const date = z.string().refine(isDate);
const members = z.array(z.string().min(1).max(200)).max(100).default([]);
/** A parameter that may be given once: the last one counts, as in a form. */
function one<T extends z.ZodType>(of: T) {
	return z.preprocess((value) => (Array.isArray(value) ? value.at(-1) : value), of);
}

const WITHOUT = new RegExp(`^(${MEMBER_FILTERS.join('|')}):.+`);

const LEADS_PATH = '/leads';

/** Parameters of the list of leads, which mean nothing elsewhere. */
const leadList = {
	province: members,
	/** Leads that came as far as this stage, or exactly as far. */
	stage: one(z.enum(LEAD_STAGES).optional()),
	stopped: one(z.enum(LEAD_STAGES).optional()),
	/** Where a page of the list begins; see server/pages/lead-list.ts. */
	cursor: one(
		z
			.string()
			.regex(/^\d{4}-\d{2}-\d{2}~\d{1,7}~\d{1,9}$/)
			.optional()
	)
};

const schema = z.strictObject({
	from: one(date.optional()),
	to: one(date.optional()),
	period: one(z.string().refine(isPreset).optional()),
	/** Number of last days, as the form sends it. */
	last: one(z.coerce.number().int().min(1).max(731).optional()),
	/** The page as it comes, also where a role has a default view; or what became of saving one. */
	view: one(z.enum(['none', 'failed']).optional()),
	compare: one(z.enum(COMPARES).default('previous')),
	/** How last year's days are laid beside this year's. */
	align: one(z.enum(ALIGNMENTS).default('date')),
	/** The member that the chosen one is compared with. */
	with: one(z.string().min(1).max(200).optional()),
	/** Dimension by which a page says what changed. */
	why: one(z.enum(WHYS).optional()),
	region: members,
	area: members,
	store: members,
	group: members,
	inviter: members,
	advisor: members,
	channel: members,
	campaign: members,
	series: members,
	grade: members,
	origin: members,
	/** Members left out, as `region:east`. */
	without: z.array(z.string().regex(WITHOUT).max(250)).max(100).default([]),
	...leadList,
	basis: one(z.enum(['cohort', 'period']).default('cohort')),
	window: one(z.enum(['so_far', 'in_window']).default('so_far')),
	by: one(z.enum(SPLITS).optional()),
	hierarchy: one(z.enum(['now', 'then']).default('now')),
	model: one(z.enum(MODELS).default('last_touch')),
	/** Columns that the reader put away. */
	hide: z
		.array(z.string().regex(/^[a-z0-9_]{1,60}$/i))
		.max(60)
		.default([]),
	sort: one(
		z
			.string()
			.regex(/^-?[a-z0-9_]{1,60}$/)
			.optional()
	)
});

export type Filters = z.output<typeof schema>;

/** Every search parameter that pages know. */
export const FILTER_KEYS: readonly string[] = Object.keys(schema.shape);

/** A parameter that was not understood and is left out. */
export interface FilterNotice {
	key: string;
	value: string;
	/** Left out because it means nothing, because its value does not, or because it has no meaning on this page. */
	kind: 'unknown' | 'invalid' | 'elsewhere';
}

export interface ParsedFilters {
	filters: Filters;
	notices: FilterNotice[];
}

/** Parameters that the frame sets for itself, or that tools append to shared links. */
const IGNORED = /^(utm_\w+|x-sveltekit-\w+|proof)$/;

/** Never throws: what is wrong is left out, said in a notice, and the default is used. `page`: its path; the list of leads knows more than the others. */
export function parseFilters(search: URLSearchParams, page = '/'): ParsedFilters {
	const given = new Map<string, string[]>();
	for (const [key, value] of search) {
		if (IGNORED.test(key) || value === '') continue;
		given.set(key, [...(given.get(key) ?? []), value]);
	}
	const notices: FilterNotice[] = [];
	const drop = (key: string, kind: FilterNotice['kind']) => {
		notices.push({ key, value: (given.get(key) ?? []).join(', ').slice(0, 100), kind });
		given.delete(key);
	};
	// A page that ignored one of these in silence would show more than its address says.
	if (page !== LEADS_PATH) for (const key of Object.keys(leadList)) if (given.has(key)) drop(key, 'unknown');
	let result = schema.safeParse(asObject(given));
	if (!result.success) {
		for (const issue of result.error.issues) {
			if (issue.code === 'unrecognized_keys') issue.keys.forEach((key) => drop(key, 'unknown'));
			else if (typeof issue.path[0] === 'string' && given.has(issue.path[0])) drop(issue.path[0], 'invalid');
		}
		result = schema.safeParse(asObject(given));
	}
	const filters = result.success ? result.data : schema.parse({});
	if (filters.compare === 'member' && (!filters.with || comparedMember(filters) === null)) {
		notices.push({ key: 'compare', value: 'member', kind: 'invalid' });
		filters.compare = 'previous';
	}
	if (!comparesOf(page).includes(filters.compare)) {
		notices.push({ key: 'compare', value: filters.compare, kind: 'elsewhere' });
		filters.compare = 'previous';
	}
	if (filters.last) filters.period = `last_${filters.last}`;
	const { from, to } = filters;
	if ((from || to) && (!from || !to || from > to)) {
		notices.push({ key: 'from', value: `${from ?? '…'} – ${to ?? '…'}`, kind: 'invalid' });
		return { filters: { ...filters, from: undefined, to: undefined }, notices };
	}
	return { filters, notices };
}

/** Without a prototype, so that no parameter's name means anything by itself. */
function asObject(given: Map<string, string[]>): Record<string, string[]> {
	const object = Object.create(null) as Record<string, string[]>;
	for (const [key, values] of given) object[key] = values;
	return object;
}

/** Without a choice in the address: what the brand configured, usually the latest month that has data, up to its last day. */
export function resolvePeriod(
	filters: Pick<Filters, 'from' | 'to' | 'period' | 'align'>,
	dates: DataDates,
	usual: Preset = 'mtd',
	holidays: readonly Holiday[] = []
): ComparedPeriod {
	const period = filters.from && filters.to ? customPeriod([filters.from, filters.to]) : presetPeriod(filters.period ?? usual, dates);
	if (period.year === null) return { ...period, aligned: null };
	const aligned = yearBefore([period.from, period.to], filters.align, holidays);
	return { ...period, year: aligned.range, aligned };
}

/** A period whose year before is aligned as the reader chose. */
export type ComparedPeriod = Period & { aligned: YearBefore | null };
