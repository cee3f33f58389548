/** A semantic server over a copy of a refreshed home, so that tests may publish to it, and the data itself to compare with. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { convertDuckDBParams } from '@cubejs-backend/duckdb-driver/dist/src/Transform.js';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { SignJWT, type JWTPayload } from 'jose';
import { TOKEN, type Claims } from '../../contracts/claims.ts';
import { filePointer, type FilePointer, POINTER_FILE, type Pointer } from '../../contracts/pointer.ts';
import type { LoadResult, MultiResult, Row, SemanticQueryInput } from '../../contracts/semantic.ts';
import { startServer, type Running } from '../start.ts';

/** Name of the home, for a tenant is one. */
const TENANT = 'test';

export const SECRET = 'a secret of tests that is long enough to be taken';

export interface Reply<Body> {
	status: number;
	headers: Headers;
	body: Body & { error?: string };
}

export async function signed(
	payload: JWTPayload,
	secret = SECRET,
	expires: string | null = '5m',
	algorithm: string = TOKEN.algorithm
): Promise<string> {
	const token = new SignJWT(payload)
		.setProtectedHeader({ alg: algorithm })
		.setIssuedAt()
		.setIssuer(TOKEN.issuer)
		.setAudience(TOKEN.audience);
	if (expires !== null) token.setExpirationTime(expires);
	return token.sign(new TextEncoder().encode(secret));
}

export const as = (role: Claims['role'], dimension?: Claims['scopes'][number]['dimension'], ...ids: string[]): Claims => ({
	sub: `${role} of a test`,
	role,
	scopes: dimension ? [{ dimension, ids }] : [],
	tenant: TENANT
});

export class Place {
	readonly home: string;
	readonly running: Running;
	readonly #reading: DuckDBConnection;
	readonly #instance: DuckDBInstance;

	private constructor(home: string, running: Running, instance: DuckDBInstance, reading: DuckDBConnection) {
		this.home = home;
		this.running = running;
		this.#instance = instance;
		this.#reading = reading;
	}

	static async over(source: string, env: Record<string, string> = {}): Promise<Place> {
		const home = join(mkdtempSync(join(tmpdir(), 'onelane-semantic-')), TENANT);
		const published = readPointer(source);
		mkdirSync(dirname(join(home, published.file)), { recursive: true });
		copyFileSync(join(source, published.file), join(home, published.file));
		copyFileSync(join(source, POINTER_FILE), join(home, POINTER_FILE));
		const running = await startServer({ ONELANE_HOME: home, ONELANE_SECRET: SECRET, SEMANTIC_PORT: '0', SEMANTIC_LOG: 'silent', ...env });
		const instance = await DuckDBInstance.create(join(source, published.file), { access_mode: 'READ_ONLY' });
		return new Place(home, running, instance, await instance.connect());
	}

	async close(): Promise<void> {
		await this.running.close();
		this.#reading.closeSync();
		this.#instance.closeSync();
		rmSync(dirname(this.home), { recursive: true, force: true });
	}

	/** Plain SQL on the same data. */
	async sql(statement: string): Promise<Record<string, unknown>[]> {
		return (await this.#reading.runAndReadAll(statement)).getRowObjectsJson() as Record<string, unknown>[];
	}

	/** A statement as `/sql` shows it, on the same data. */
	async run(statement: string, parameters: readonly unknown[]): Promise<Record<string, unknown>[]> {
		const reader = await this.#reading.runAndReadAll(statement, convertDuckDBParams([...parameters]));
		return reader.getRowObjectsJson() as Record<string, unknown>[];
	}

	get pointer(): FilePointer {
		return readPointer(this.home);
	}

	/** As the pipeline does it: written beside, then renamed. */
	publish(next: Pointer): void {
		const path = join(this.home, POINTER_FILE);
		writeFileSync(`${path}.new`, JSON.stringify(next));
		renameSync(`${path}.new`, path);
	}

	async get<Body>(path: string, token?: string): Promise<Reply<Body>> {
		return this.#reply(await fetch(`${this.#url}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} }));
	}

	async post<Body>(path: string, body: unknown, token?: string, more: Record<string, string> = {}): Promise<Reply<Body>> {
		const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...more };
		return this.#reply(
			await fetch(`${this.#url}${path}`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
		);
	}

	async load(query: SemanticQueryInput, who: Claims): Promise<Reply<LoadResult>> {
		return this.post('/cubejs-api/v1/load', { query }, await signed({ ...who }));
	}

	async multi(query: SemanticQueryInput, who: Claims): Promise<Reply<MultiResult>> {
		return this.post('/cubejs-api/v1/load', { query, queryType: 'multi' }, await signed({ ...who }));
	}

	/** @throws with the server's words when it refuses */
	async rows(query: SemanticQueryInput, who: Claims): Promise<Row[]> {
		const { status, body } = await this.load(query, who);
		if (status !== 200) throw new Error(`${status}: ${body.error}`);
		return body.data;
	}

	get #url(): string {
		return `http://127.0.0.1:${this.running.port}`;
	}

	async #reply<Body>(response: Response): Promise<Reply<Body>> {
		return { status: response.status, headers: response.headers, body: (await response.json()) as Body & { error?: string } };
	}
}

function readPointer(home: string): FilePointer {
	return filePointer.parse(JSON.parse(readFileSync(join(home, POINTER_FILE), 'utf8')));
}
