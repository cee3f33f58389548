/** `onelane.config.ts`: what a brand lands, and the few choices of meaning that it may make. */
import { z } from 'zod';
import { accountsConfig } from './accounts.ts';
import { isTimeZone } from './environment.ts';
import { minimumGroup } from './sight.ts';

const timezone = z.string().refine(isTimeZone, { message: 'is no time zone name such as "Asia/Shanghai"' });
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, { message: 'must be lower case letters, digits and underscores' });

const files = {
	/** A file, or a pattern such as "exports/leads-*.csv.gz"; relative to the configuration file. */
	path: z.string().min(1),
	format: z.enum(['csv', 'ndjson']),
	/** Text encoding of a CSV file. */
	encoding: z.enum(['utf-8', 'utf-16', 'latin-1']).default('utf-8'),
	delimiter: z.string().length(1).default(',')
};

/** Where one column of the resource comes from: a column of the file, or the same constant for every row. */
const mapped = z.union([
	z.string().min(1),
	z.strictObject({
		/** Column of the file. */
		column: z.string().min(1),
		/** Value used where the file has none. */
		default: z.string().optional(),
		/** Values to translate; others stay as they are. */
		values: z.record(z.string(), z.string()).optional()
	}),
	z.strictObject({ constant: z.string() })
]);

/** A file of any shape that feeds one resource of a known source. */
const mappedSource = z.strictObject({
	kind: z.literal('mapped'),
	name,
	timezone: timezone.optional(),
	resources: z
		.array(
			z.strictObject({
				...files,
				/** Resource that the rows become, such as "crm.leads". */
				feeds: z.string().regex(/^[a-z_]+\.[a-z_]+$/, { message: 'must be "<source>.<resource>", such as "crm.leads"' }),
				columns: z.record(z.string(), mapped)
			})
		)
		.min(1)
});

/** A folder of extracts in the shape of the resources themselves: `<folder>/<source>/<resource>[-anything].(csv|ndjson)[.gz]`. */
const extractSource = z.strictObject({
	kind: z.literal('extracts'),
	folder: z.string().min(1),
	/** Sources to land from it; all by default. */
	sources: z.array(name).optional(),
	timezone: timezone.optional()
});

export const config = z.strictObject({
	brand: z.strictObject({ name_zh: z.string().min(1), name_en: z.string().min(1) }).default({ name_zh: '示例品牌', name_en: 'Demo brand' }),
	/** Business time zone: days, weeks and months are counted in it. */
	timezone: timezone.default('Asia/Shanghai'),
	currency: z.string().length(3).default('CNY'),
	/** Share of quarantined rows of a load above which the load fails whole. */
	quarantine: z.strictObject({ threshold: z.number().min(0).max(1).default(0.05) }).default({ threshold: 0.05 }),
	identifiers: z
		.strictObject({
			/** First digits of phone numbers that only forward calls (AXB) or are shared service lines: they never merge people. */
			relay_prefixes: z
				.array(z.string().regex(/^\d{2,8}$/, { message: 'must be 2 to 8 digits' }))
				.min(1)
				.default(['95', '400'])
		})
		.prefault({}),
	/**
	 * Where personal data may be kept when a cloud warehouse is used: landing refuses any other location before anything leaves
	 * this machine. Hashes of identifiers are personal data too.
	 */
	residency: z
		.strictObject({
			/** Country whose own regions are fine. */
			country: z.string().regex(/^[A-Z]{2}$/, { message: 'must be a country code of two letters, such as "DE"' }),
			/** Other locations that are fine as well, such as "EU". */
			locations: z
				.array(z.string().regex(/^[A-Za-z][A-Za-z0-9-]+$/, { message: 'is no location such as "europe-west3" or "EU"' }))
				.default([])
		})
		.optional(),
	/** Choices of meaning, see the definitions in DECISIONS.md. */
	definitions: z
		.strictObject({
			/** State that counts as "order". */
			order_state: z.enum(['deposit', 'firm_deposit', 'locked', 'invoiced', 'delivered']).default('locked'),
			duplicate_window_days: z.number().int().min(1).max(365).default(30),
			attribution_lookback_days: z.number().int().min(1).max(365).default(60),
			first_attempt_sla_hours: z.number().min(0.25).max(720).default(24),
			cohort_days: z.number().int().min(1).max(365).default(60)
		})
		.prefault({}),
	/** Groups of people that are too small to be shown; off unless given. */
	privacy: z.strictObject({ minimum_group: minimumGroup.optional() }).prefault({}),
	screens: z
		.strictObject({
			/** Period that a page opens with: the latest month that has data, or all there is. */
			default_period: z.enum(['latest_month', 'all']).default('latest_month')
		})
		.prefault({}),
	/** How people sign in. */
	accounts: accountsConfig.prefault({}),
	sources: z.array(z.discriminatedUnion('kind', [mappedSource, extractSource])).min(1)
});

export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
export type MappedSource = z.output<typeof mappedSource>;
export type ExtractSource = z.output<typeof extractSource>;

/** Types a configuration while it is written; it is validated when it is loaded. */
export function defineConfig(value: ConfigInput): ConfigInput {
	return value;
}
