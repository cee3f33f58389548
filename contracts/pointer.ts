/** What the pipeline publishes beside the data: the pointer to the served version, and how the last refresh went. */
import { z } from 'zod';

const instant = z.iso.datetime();

export const sourceFreshness = z.strictObject({
	source: z.string(),
	/** When rows of the source last arrived. */
	loaded_at: instant,
	/** Greatest cursor value of the source: how far its data reaches. */
	data_until: instant.nullable()
});

const day = z.iso.date();

/** Days of the whole brand's data; a scope may begin later and end earlier. */
export const dataDays = z.strictObject({
	/** First day on which anything happened. */
	first: day,
	/** Last day with a lead. */
	last: day,
	/** Last day on which anything happened. */
	until: day
});
export type DataDays = z.infer<typeof dataDays>;

const version = {
	version: z.string().regex(/^v\d{8}T\d{9}Z(-[a-z0-9]+)?$/),
	built_at: instant,
	timezone: z.string(),
	currency: z.string(),
	brand: z.strictObject({ name_zh: z.string(), name_en: z.string() }),
	/** Period that a page opens with. */
	default_period: z.enum(['latest_month', 'all']).default('latest_month'),
	/** Versions that a rollback can go back to, newest first, without the current one. */
	previous: z.array(z.string()),
	freshness: z.array(sourceFreshness),
	/** Absent where there is no data, and in versions from before it was kept. */
	days: dataDays.optional(),
	/** What the next increment must know of it; absent in versions from before there were any. */
	built: z
		.strictObject({
			/** Hash of everything but raw that its rows follow from: models, reference seeds, definitions. */
			inputs: z.string(),
			/** Increments since the last whole build, this one included; 0: built whole. */
			increments: z.int().nonnegative()
		})
		.optional()
};

/** `file`: DuckDB file, relative to the home. */
export const filePointer = z.strictObject({ ...version, file: z.string().min(1) });
/** `dataset`: of BigQuery, in the project of the environment; it holds the marts. */
export const datasetPointer = z.strictObject({ ...version, dataset: z.string().regex(/^[A-Za-z]\w*$/) });

/** `$ONELANE_HOME/current.json` */
export const pointer = z.union([filePointer, datasetPointer]);
export type FilePointer = z.infer<typeof filePointer>;
export type DatasetPointer = z.infer<typeof datasetPointer>;
export type Pointer = z.infer<typeof pointer>;

/** Where a version is: an absolute path, or a dataset. */
export type VersionPlace = { file: string } | { dataset: string };

/** `$ONELANE_HOME/refresh.json`: the last refresh, whether it published or not. */
export const refreshState = z.strictObject({
	status: z.enum(['running', 'published', 'failed', 'rolled_back']),
	started_at: instant,
	finished_at: instant.nullable(),
	step: z.enum(['ingest', 'build', 'publish', 'done']),
	/** One sentence that says what happened and what to do; null when all is well. */
	message: z.string().nullable(),
	failed_tests: z.array(z.strictObject({ name: z.string(), failures: z.number().nullable() })).default([])
});
export type RefreshState = z.infer<typeof refreshState>;

/** `$ONELANE_HOME/warm.json`: a server has seen the version that is about to be served, and whether it has made ready for it. */
export const warmState = z.strictObject({ version: version.version, ready: z.boolean() });
export type WarmState = z.infer<typeof warmState>;

export const POINTER_FILE = 'current.json';
/** A pointer that is about to become the current one. */
export const NEXT_FILE = 'next.json';
export const WARM_FILE = 'warm.json';
export const REFRESH_FILE = 'refresh.json';
export const VERSIONS_FOLDER = 'versions';
