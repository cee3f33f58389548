/** The environment of a process, read once at start and refused with a sentence when it is wrong. */
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import type { BigQuerySettings } from './warehouse.ts';

const SECRET_BYTES = 32;
const secret = z.string().refine((value) => Buffer.byteLength(value) >= SECRET_BYTES, {
	message: `is too short: give at least ${SECRET_BYTES} bytes, for example from "openssl rand -hex 32"`
});

export function isTimeZone(value: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: value });
		return true;
	} catch {
		return false;
	}
}

const schema = z.object({
	ONELANE_HOME: z.string().min(1).default('.onelane'),
	HOST: z.string().min(1).default('127.0.0.1'),
	PORT: z.coerce
		.number({ message: 'is not a number' })
		.int('is not a whole number')
		.min(1, 'must be 1 to 65535')
		.max(65535, 'must be 1 to 65535')
		.default(3000),
	ONELANE_WAREHOUSE: z.enum(['duckdb', 'bigquery'], { message: 'must be "duckdb" or "bigquery"' }).default('duckdb'),
	ONELANE_BIGQUERY_PROJECT: z
		.string()
		.regex(/^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, { message: 'is no id of a Google Cloud project such as "brand-analytics"' })
		.optional(),
	ONELANE_BIGQUERY_ENDPOINT: z
		.url({ protocol: /^https?$/, message: 'is no address such as "http://127.0.0.1:9050"' })
		.refine((value) => !URL.canParse(value) || value.startsWith('https:') || isLoopback(new URL(value).hostname), {
			message: 'must begin with "https://": credentials are sent there'
		})
		.optional(),
	ONELANE_BIGQUERY_LOCATION: z
		.string()
		.regex(/^[A-Za-z][A-Za-z0-9-]+$/, { message: 'is no location of BigQuery such as "europe-west3" or "EU"' })
		.optional(),
	ONELANE_BIGQUERY_DATASET: z
		.string()
		.regex(/^[A-Za-z][A-Za-z0-9_]{0,199}$/, { message: 'must be letters, digits and underscores, beginning with a letter' })
		.default('onelane'),
	ONELANE_TIMEZONE: z.string().refine(isTimeZone, { message: 'is no time zone name such as "Asia/Shanghai"' }).optional(),
	ONELANE_METRICS_PORT: z.coerce
		.number({ message: 'is not a number' })
		.int('is not a whole number')
		.min(1, 'must be 1 to 65535')
		.max(65535, 'must be 1 to 65535')
		.optional(),
	ONELANE_SECRET: secret.optional(),
	ONELANE_SECRETS_BEFORE: z
		.string()
		.default('')
		.transform((value) => value.split(/\s+/).filter(Boolean)),
	ONELANE_ID_KEY: secret.optional()
});

export interface Environment {
	/** Absolute path of everything this installation keeps. */
	home: string;
	host: string;
	port: number;
	warehouse: 'duckdb' | 'bigquery';
	/** Present when the warehouse is BigQuery. */
	bigquery: BigQuerySettings | undefined;
	/** Overrides the configuration's business time zone. */
	timezone: string | undefined;
	/** Of figures for operators, on loopback; none unless given. */
	metricsPort: number | undefined;
	/** Signs sessions and tokens. */
	secret: string | undefined;
	/** Those that it replaced: they prove old entries of the audit log. */
	secretsBefore: readonly string[];
	/** Keys the hashes of identifiers. */
	idKey: string | undefined;
}

export class EnvironmentError extends Error {}

export function readEnvironment(env: Record<string, string | undefined>, root = process.cwd()): Environment {
	// An empty variable means "not set", as in most shells and service files.
	const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
	const result = schema.safeParse(given);
	if (!result.success) {
		const [issue] = result.error.issues;
		throw new EnvironmentError(`Environment variable ${issue?.path.join('.')} ${issue?.message}.`);
	}
	const value = result.data;
	return {
		home: isAbsolute(value.ONELANE_HOME) ? value.ONELANE_HOME : resolve(root, value.ONELANE_HOME),
		host: value.HOST,
		port: value.PORT,
		warehouse: value.ONELANE_WAREHOUSE,
		bigquery: value.ONELANE_WAREHOUSE === 'bigquery' ? bigQuery(value) : undefined,
		timezone: value.ONELANE_TIMEZONE,
		metricsPort: value.ONELANE_METRICS_PORT,
		secret: value.ONELANE_SECRET,
		secretsBefore: value.ONELANE_SECRETS_BEFORE,
		idKey: value.ONELANE_ID_KEY
	};
}

function bigQuery(value: z.output<typeof schema>): BigQuerySettings {
	const project = value.ONELANE_BIGQUERY_PROJECT;
	const location = value.ONELANE_BIGQUERY_LOCATION;
	if (project === undefined) {
		throw new EnvironmentError(
			'ONELANE_WAREHOUSE is "bigquery", so ONELANE_BIGQUERY_PROJECT must name the Google Cloud project that keeps the data.'
		);
	}
	if (location === undefined) {
		throw new EnvironmentError(
			'ONELANE_WAREHOUSE is "bigquery", so ONELANE_BIGQUERY_LOCATION must say where its datasets are, such as "europe-west3" or "EU".'
		);
	}
	const endpoint = value.ONELANE_BIGQUERY_ENDPOINT?.replace(/\/+$/, '');
	return { project, location, endpoint, dataset: value.ONELANE_BIGQUERY_DATASET };
}

export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
