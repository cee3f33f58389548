/** Client of the semantic layer: asks under the reader's own policy, several questions at once, all of one data version. */
import { error } from '@sveltejs/kit';
import { Agent, fetch, type Response } from 'undici';
import type { Claims } from '../../../../contracts/claims.ts';
import { asksForPeople } from '../../../../contracts/sight.ts';
import {
	FIGURES_ONLY,
	PASSING,
	VERSION_HEADER,
	type Cell,
	type Filter,
	type Row,
	type SemanticQueryInput
} from '../../../../contracts/semantic.ts';
import { environment } from './environment.ts';
import { log, withoutValues } from './log.ts';
import { signSemantic } from './session.ts';

const TIMEOUT_MS = 20_000;
const QUERIES_PER_PAGE = 6;

/**
 * A reader who leaves ends the connections of their questions. Without a bound, people who click on in a hurry open hundreds a second, more
 * than the other side accepts, and everybody waits for connections. Past it questions wait here, where leaving costs nothing.
 */
const CONNECTIONS = 64;
const dispatcher = new Agent({ connections: CONNECTIONS });

export type Query = SemanticQueryInput;

export type { Filter, Row };

/** One list of rows for each compared range; a query without comparison has exactly one. */
export type Answer = Row[][];

export class SemanticError extends Error {
	readonly status: number;
	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

export interface Asker {
	claims: Claims | null;
	queries: number;
	/** Aborted when the reader leaves. */
	signal?: AbortSignal;
	/** Writes into the audit log that rows about single people are handed out; asked for before they are. */
	reveal?: (rows: number) => Promise<void>;
	/** Where the proof of a figure finds the question that it answers. */
	asked?: Record<string, Query | null>;
}

/** Answers of a page's questions, by name; null is not asked. Throws the designed error page when the semantic layer cannot answer. */
export async function ask<K extends string>(locals: Asker, queries: Record<K, Query | null>): Promise<Record<K, Answer>> {
	if (!locals.claims) error(401, 'Sign in first.');
	if (locals.asked) Object.assign(locals.asked, queries);
	locals.queries += Object.values(queries).filter(Boolean).length;
	if (locals.queries > QUERIES_PER_PAGE) log.warn({ queries: locals.queries, budget: QUERIES_PER_PAGE }, 'a page asked too much');
	const answers = await askNoted(locals.claims, queries, locals.signal);
	const people = (Object.keys(queries) as K[]).filter((name) => asksForPeople(queries[name]));
	const rows = people.reduce((sum, name) => sum + answers[name].reduce((all, { length }) => all + length, 0), 0);
	if (rows > 0) {
		if (!locals.reveal) throw new Error('People are asked for where nobody notes it.');
		await locals.reveal(rows);
	}
	return answers;
}

/** For answers that all pages share and that are kept: outside a page's budget. */
export async function askShared<K extends string>(
	claims: Claims,
	queries: Record<K, Query | null>,
	left?: AbortSignal
): Promise<Record<K, Answer>> {
	if (asksForPeople(queries)) throw new Error('People are asked for where nobody notes it.');
	return askNoted(claims, queries, left);
}

/**
 * Portions of a file, one question each, for whoever has written into the audit log that it is handed out. Their answers are kept nowhere;
 * a publication on the way breaks the file off, for half of it would be of other data.
 */
export function askPortions(claims: Claims, left?: AbortSignal): (query: Query) => Promise<Row[]> {
	let served: string | null = null;
	return async (query) => {
		try {
			const token = await signSemantic(claims, environment().secret);
			const { rows, version } = await load(token, query, left, { 'cache-control': PASSING });
			served ??= version;
			if (version !== served) throw new SemanticError(503, 'The data were published anew while a file was written.');
			return rows[0] ?? [];
		} catch (caught) {
			throw asPageError(caught);
		}
	};
}

async function askNoted<K extends string>(
	claims: Claims,
	queries: Record<K, Query | null>,
	left?: AbortSignal
): Promise<Record<K, Answer>> {
	try {
		return await askOnce(claims, Object.entries(queries) as [K, Query | null][], true, left);
	} catch (caught) {
		throw asPageError(caught);
	}
}

async function askOnce<K extends string>(
	claims: Claims,
	named: [K, Query | null][],
	mayRepeat: boolean,
	left?: AbortSignal
): Promise<Record<K, Answer>> {
	const { secret } = environment();
	const token = await signSemantic(claims, secret);
	const answers = await Promise.all(named.map(([, query]) => (query ? load(token, query, left) : { rows: [[]], version: null })));
	const versions = new Set(answers.map((answer) => answer.version).filter((version) => version !== null));
	// A publication between two answers: ask again, so that the page's numbers belong together.
	if (versions.size > 1 && mayRepeat) return askOnce(claims, named, false, left);
	return Object.fromEntries(named.map(([name], index) => [name, answers[index]?.rows ?? [[]]])) as Record<K, Answer>;
}

async function load(
	token: string,
	query: Query,
	left?: AbortSignal,
	headers: Record<string, string> = {}
): Promise<{ rows: Answer; version: string | null }> {
	const signal = withTimeout(left);
	for (;;) {
		const asked = { query: { ...query, responseFormat: 'columnar' }, queryType: 'multi' };
		const response = await post(token, '/cubejs-api/v1/load', asked, signal, headers);
		const body = (await response.json().catch(() => null)) as LoadBody | null;
		if (body?.error === 'Continue wait') continue;
		if (!response.ok || !body || body.error) throw new SemanticError(response.status, String(body?.error ?? response.statusText));
		const rows = (body.results ?? []).map(({ data, suppressed }) => {
			const found = rowsOf(data);
			for (const index of suppressed?.rows ?? []) heldBack.add(found[index] as Row);
			return found;
		});
		return { rows, version: response.headers.get(VERSION_HEADER) };
	}
}

interface LoadBody {
	error?: string;
	results?: { data: Columns; suppressed?: { rows: number[] } }[];
}

/** A third of the bytes of rows, each of which would name its members again. */
interface Columns {
	members: string[];
	columns: Cell[][];
}

function rowsOf({ members, columns }: Columns): Row[] {
	return Array.from({ length: columns[0]?.length ?? 0 }, (_, index) => {
		const row: Row = {};
		for (const [place, member] of members.entries()) row[member] = columns[place]?.[index] ?? null;
		return row;
	});
}

/** Sends a request on to the semantic layer under the reader's policy, for `/api/v1`. */
export async function forward(
	claims: Claims,
	path: string,
	init: { method: 'GET' | 'POST'; body?: string; left?: AbortSignal }
): Promise<Response> {
	const { secret, semanticUrl } = environment();
	const token = await signSemantic(claims, secret);
	return fetch(`${semanticUrl}/cubejs-api${path}`, {
		dispatcher,
		// The token goes where it was meant to go.
		redirect: 'error',
		method: init.method,
		body: init.body,
		headers: { authorization: `Bearer ${token}`, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) },
		signal: withTimeout(init.left)
	});
}

/** The reader's leaving ends a question as well as its time does. */
function withTimeout(left: AbortSignal | undefined): AbortSignal {
	const timeout = AbortSignal.timeout(TIMEOUT_MS);
	return left ? AbortSignal.any([left, timeout]) : timeout;
}

function post(token: string, path: string, body: unknown, signal: AbortSignal, headers: Record<string, string>): Promise<Response> {
	return fetch(environment().semanticUrl + path, {
		dispatcher,
		redirect: 'error',
		method: 'POST',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', prefer: FIGURES_ONLY, ...headers },
		body: JSON.stringify(body),
		signal
	});
}

function asPageError(caught: unknown): unknown {
	if (caught instanceof SemanticError) {
		log.error({ status: caught.status, reason: withoutValues(caught.message) }, 'the semantic layer refused');
		if (caught.status === 401 || caught.status === 403) error(403, 'Not allowed.', { reason: 'permission' });
		if (caught.status === 503) error(503, 'The semantic layer is busy or has no data yet.', { reason: 'semantic' });
		error(502, 'The semantic layer could not answer.', { reason: 'semantic' });
	}
	if (caught instanceof TypeError || (caught instanceof Error && caught.name === 'TimeoutError')) {
		log.error({ reason: caught.cause instanceof Error ? caught.cause.message : caught.message }, 'the semantic layer is out of reach');
		error(503, 'The semantic layer is out of reach.', { reason: 'semantic' });
	}
	return caught;
}

/** A member's number; null where there is none, NaN where it is held back, which `format.ts` shows. */
export function number(row: Row | undefined, member: string): number | null {
	const value = row?.[member];
	if (value === null || value === undefined || value === '') return row && heldBack.has(row) ? NaN : null;
	const parsed = Number(value);
	return Number.isFinite(parsed) ? parsed : null;
}

/** Rows about too few people, whose figures the layer holds back. */
const heldBack = new WeakSet<Row>();

/** A count: nothing counted is 0, whether the layer wrote 0 or nothing. What is held back is not a number, and neither is a sum of it. */
export function count(row: Row | undefined, member: string): number {
	return number(row, member) ?? 0;
}

export function text(row: Row | undefined, member: string): string | null {
	const value = row?.[member];
	return value === null || value === undefined ? null : String(value);
}
