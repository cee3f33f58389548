/** The environment of a process, read once at start and refused with a sentence when it is wrong. */
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';

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
	ONELANE_WAREHOUSE: z.enum(['duckdb'], { message: 'must be "duckdb"' }).default('duckdb'),
	ONELANE_TIMEZONE: z.string().refine(isTimeZone, { message: 'is no time zone name such as "Asia/Shanghai"' }).optional(),
	ONELANE_SECRET: secret.optional(),
	ONELANE_ID_KEY: secret.optional()
});

export interface Environment {
	/** Absolute path of everything this installation keeps. */
	home: string;
	host: string;
	port: number;
	warehouse: 'duckdb';
	/** Overrides the configuration's business time zone. */
	timezone: string | undefined;
	/** Signs sessions and tokens. */
	secret: string | undefined;
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
		timezone: value.ONELANE_TIMEZONE,
		secret: value.ONELANE_SECRET,
		idKey: value.ONELANE_ID_KEY
	};
}

export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
