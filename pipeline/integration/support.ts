/** What the tests of the whole way stand on: a refreshed home, servers over it, and three ways to ask the same question. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { SignJWT } from 'jose';
import { type AppState, createToken, openAppState, startSession } from '../../app-state/index.ts';
import { type Claims, ROLE_SCOPE, type Role, TOKEN } from '../../contracts/claims.ts';
import type { Row, SemanticQueryInput } from '../../contracts/semantic.ts';
import { readPointer } from '../state.ts';

export interface Place {
	home: string;
	/** The web server. */
	url: string;
	semanticUrl: string;
}

function place(prefix: string): Place | null {
	const home = process.env[`${prefix}_HOME`];
	const url = process.env[`${prefix}_URL`];
	const semanticUrl = process.env[`${prefix}_SEMANTIC_URL`];
	return home && url && semanticUrl ? { home, url, semanticUrl } : null;
}

/** Null when the tests run by themselves instead of under `npm test`: they are then skipped. */
export const demo = place('ONELANE_TEST');
export const olist = place('ONELANE_TEST_OLIST');

export function claimsFor(home: string, role: Role, ids: readonly string[] = []): Claims {
	const dimension = ROLE_SCOPE[role];
	return { sub: `test ${role}`, role, scopes: dimension === null ? [] : [{ dimension, ids: [...ids] }], tenant: basename(home) };
}

const secretOf = (home: string) => readFileSync(join(home, 'secrets', 'secret'), 'utf8').trim();

/** A token for the semantic layer itself. */
export async function sign(home: string, claims: Claims): Promise<string> {
	return new SignJWT({ ...claims })
		.setProtectedHeader({ alg: TOKEN.algorithm })
		.setIssuer(TOKEN.issuer)
		.setAudience(TOKEN.audience)
		.setIssuedAt()
		.setExpirationTime('10m')
		.sign(Buffer.from(secretOf(home)));
}

async function withState<T>(home: string, work: (state: AppState) => Promise<T>): Promise<T> {
	const state = openAppState(home, { secret: secretOf(home) });
	try {
		return await work(state);
	} finally {
		await state.close();
	}
}

const tester = { sub: 'tests', name: 'tests', address: 'tests' };

/** A token of a program with these claims, for `/api/v1`. */
export async function apiToken(home: string, claims: Claims): Promise<string> {
	const input = { name: 'tests', permissions: ['query' as const, 'meta' as const], days: 1 };
	return withState(home, async (state) => (await createToken(state, tester, { claims }, input)).token);
}

/** The value of the cookie of a session with these claims. */
export async function sessionValue(home: string, claims: Claims): Promise<string> {
	const start = {
		kind: 'demo' as const,
		who: { claims },
		address: 'tests',
		agent: 'tests',
		limits: { idle_minutes: 60, absolute_hours: 1 }
	};
	return withState(home, async (state) => (await startSession(state, start)).value);
}

/** Asks the semantic layer. @throws Error with its words when it refuses */
export async function cube({ home, semanticUrl }: Place, query: SemanticQueryInput, claims = claimsFor(home, 'analyst')): Promise<Row[]> {
	const headers = { authorization: `Bearer ${await sign(home, claims)}`, 'content-type': 'application/json' };
	const response = await fetch(`${semanticUrl}/cubejs-api/v1/load`, { method: 'POST', headers, body: JSON.stringify({ query }) });
	const body = (await response.json()) as { data?: Row[]; error?: string };
	if (response.status !== 200 || !body.data) throw new Error(`${response.status}: ${body.error}`);
	return body.data;
}

/** The published file, read-only. */
export async function withMarts<T>(home: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
	const pointer = readPointer(home);
	if (pointer === null || !('file' in pointer)) throw new Error(`No file is published in ${home}.`);
	const instance = await DuckDBInstance.create(join(home, pointer.file), { access_mode: 'READ_ONLY' });
	try {
		const connection = await instance.connect();
		await connection.run("set timezone = 'UTC'");
		return await work(connection);
	} finally {
		instance.closeSync();
	}
}

/** Rows of a query on the marts, every value as text; null stays null. */
export async function marts(home: string, sql: string): Promise<Record<string, string | null>[]> {
	return withMarts(home, async (connection) => {
		const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
		return rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === null ? null : String(value)])));
	});
}

/** The cookie of somebody who is signed in. */
export async function sessionCookie(home: string, claims = claimsFor(home, 'executive')): Promise<string> {
	return `onelane_session=${await sessionValue(home, claims)}`;
}

/** A page as somebody of this role gets it. */
export async function page(
	{ home, url }: Place,
	path: string,
	claims = claimsFor(home, 'executive'),
	language: 'en' | 'zh-CN' = 'en'
): Promise<string> {
	const cookie = `${await sessionCookie(home, claims)}; lang=${language}`;
	const response = await fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' });
	const html = await response.text();
	if (response.status !== 200) throw new Error(`${path} answers ${response.status}: ${html.slice(0, 400)}`);
	return html;
}

export interface PageTable {
	caption: string;
	head: string[];
	rows: string[][];
}

const text = (html: string) =>
	html
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/<svg[\s\S]*?<\/svg>/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/&nbsp;/g, ' ')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'")
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ')
		.trim();

/** The mark of a row's menu is no part of its name. */
const cells = (row: string) =>
	[...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map((match) => text(match[1] ?? '').replace(/ ⋯$/, ''));
const rowsOf = (html: string) => [...html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map((match) => cells(match[1] ?? ''));

/** Every table of a page as a person reads it. */
export function tables(html: string): PageTable[] {
	return [...html.matchAll(/<table[^>]*>([\s\S]*?)<\/table>/g)].map(([, inner = '']) => {
		const caption = text(/<caption[^>]*>([\s\S]*?)<\/caption>/.exec(inner)?.[1] ?? '');
		const head = rowsOf(/<thead[^>]*>([\s\S]*?)<\/thead>/.exec(inner)?.[1] ?? '').at(-1) ?? [];
		const rows = rowsOf(/<tbody[^>]*>([\s\S]*?)<\/tbody>/.exec(inner)?.[1] ?? '');
		return { caption, head, rows };
	});
}

/** Whole numbers as pages write them, such as "1,234". */
export const count = (value: number) => value.toLocaleString('en');

/** Rates as pages write them, such as "10.5%"; a ratio of nothing is a dash. */
export function percent(part: number, whole: number): string {
	return whole === 0
		? '–'
		: new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(part / whole);
}

/** Rows of a table as objects by the titles of its columns; arrows of sorting and signs of currency are left out. */
export function records({ head, rows }: PageTable): Record<string, string>[] {
	const titles = head.map((title) => title.replace(/( [¥↑↓])+$/, ''));
	return rows.map((row) => Object.fromEntries(titles.map((title, index) => [title, row[index] ?? ''])));
}
