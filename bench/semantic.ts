/** Answers of the semantic layer against DuckDB's own time for the same question. */
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { SignJWT } from 'jose';
import { TOKEN } from '../contracts/claims.ts';
import type { LoadResult, SemanticQueryInput } from '../contracts/semantic.ts';
import type { Context } from '../pipeline/context.ts';
import type { Progress } from '../pipeline/progress.ts';
import { secretOf } from '../pipeline/secrets.ts';
import { readPointer } from '../pipeline/state.ts';
import type { Figure } from './budgets.ts';
import { residentMemory } from './memory.ts';
import { type Question, questions } from './questions.ts';
import { semanticServer } from './semantic-server.ts';

const ROUNDS = 40;
/** Answers given before anything is measured: Node compiles what it runs often. */
const WARM_UP = 8;
const CLIENTS = 16;
const LOAD_SECONDS = 4;
const OVERHEAD = 30;

export const quantile = (values: readonly number[], share: number) => {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
};

/** @param size what stands before each figure, such as "1.04 M leads" */
export async function measureSemantic(context: Context, progress: Progress, size: string): Promise<Figure[]> {
	progress.line(`${size}: answers`);
	const secret = secretOf('ONELANE_SECRET', context.environment);
	const { root, home } = context;
	const { server, url } = await semanticServer({ root, home, secret, log: join(home, 'logs', 'semantic.log') }, progress);
	const began = Date.now();
	await server.start();
	try {
		const ask = await asker(url, secret, basename(context.home));
		await untilReady(url);
		const start = (Date.now() - began) / 1000;
		const plain = await plainTimes(context);
		const figures: Figure[] = [{ group: 'semantic', what: `${size}: start until ready`, value: start, unit: 's', budget: null }];
		const fromRollups: boolean[] = [];
		for (let round = 0; round < WARM_UP; round++) {
			for (const question of questions('facts', 100 + round)) await ask(question.query);
			for (const question of questions('rollups', 100 + round)) fromRollups.push(usesRollup(await ask(question.query)));
		}
		const share = fromRollups.filter(Boolean).length / fromRollups.length;
		figures.push({ group: 'semantic', what: `${size}: of these, answered by rollups`, value: share, unit: 'ratio', budget: { least: 1 } });
		for (const kind of ['rollups', 'facts'] as const) {
			const times: number[] = [];
			for (let round = 0; round < ROUNDS; round++)
				for (const question of questions(kind, round)) times.push(await timed(() => ask(question.query)));
			const own = plain[kind];
			const budget = kind === 'rollups' ? [40, 80] : [quantile(own, 0.5) + OVERHEAD, quantile(own, 0.95) + OVERHEAD];
			for (const [index, share] of [0.5, 0.95].entries()) {
				const note = `plain SQL on the marts ${quantile(own, share).toFixed(1)} ms`;
				figures.push({
					group: 'semantic',
					what: `${size}: from ${kind}, p${share * 100}`,
					value: quantile(times, share),
					unit: 'ms',
					budget: { most: Number(budget[index]?.toFixed(1)) },
					note
				});
			}
		}
		const repeated = await repeat(ask);
		figures.push({ group: 'semantic', what: `${size}: repeated, p50`, value: repeated.p50, unit: 'ms', budget: { most: 4 } });
		figures.push({
			group: 'semantic',
			what: `${size}: repeated, ${CLIENTS} clients`,
			value: repeated.perSecond,
			unit: 'requests/s',
			budget: { least: 500 }
		});
		figures.push({
			group: 'memory',
			what: `${size}: semantic server, resident`,
			value: residentMemory(server.pid ?? 0),
			unit: 'MB',
			budget: { most: 700 },
			note: 'the budget is for both servers'
		});
		return figures;
	} finally {
		await server.stop();
	}
}

/** Gives the answer as it came. */
type Ask = (query: SemanticQueryInput) => Promise<string>;

async function asker(url: string, secret: string, tenant: string): Promise<Ask> {
	const token = await new SignJWT({ role: 'analyst', scopes: [], tenant })
		.setProtectedHeader({ alg: TOKEN.algorithm })
		.setSubject('bench')
		.setIssuer(TOKEN.issuer)
		.setAudience(TOKEN.audience)
		.setIssuedAt()
		.setExpirationTime('1h')
		.sign(Buffer.from(secret));
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	return async (query) => {
		const response = await fetch(`${url}/cubejs-api/v1/load`, { method: 'POST', headers, body: JSON.stringify({ query }) });
		const body = await response.text();
		if (response.status !== 200)
			throw new Error(`The semantic layer refused a question of the benchmark (${response.status}): ${body.slice(0, 300)}`);
		return body;
	};
}

function usesRollup(body: string): boolean {
	const { usedPreAggregations } = JSON.parse(body) as LoadResult;
	return Object.keys(usedPreAggregations ?? {}).length > 0;
}

async function untilReady(url: string): Promise<void> {
	for (let attempt = 0; attempt < 300; attempt++) {
		const response = await fetch(`${url}/readyz`);
		await response.body?.cancel();
		if (response.status === 200) return;
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error('The semantic server did not become ready.');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

/** Milliseconds of the same questions written by hand, on the marts, in this process. */
async function plainTimes(context: Context): Promise<Record<Question['kind'], number[]>> {
	const pointer = readPointer(context.home);
	if (pointer === null || !('file' in pointer)) throw new Error('No file is published in the home of the benchmark.');
	const instance = await DuckDBInstance.create(join(context.home, pointer.file), { access_mode: 'READ_ONLY' });
	const connection = await instance.connect();
	const times: Record<Question['kind'], number[]> = { rollups: [], facts: [] };
	for (const kind of ['rollups', 'facts'] as const) {
		for (let round = 0; round < ROUNDS; round++) {
			for (const { sql } of questions(kind, round))
				times[kind].push(await timed(async () => (await connection.runAndReadAll(sql)).getRowsJson()));
		}
	}
	connection.closeSync();
	instance.closeSync();
	return times;
}

async function repeat(ask: Ask): Promise<{ p50: number; perSecond: number }> {
	const query = questions('rollups', 0)[0]?.query ?? {};
	const times: number[] = [];
	for (let round = 0; round < 200; round++) times.push(await timed(() => ask(query)));
	const until = Date.now() + LOAD_SECONDS * 1000;
	let answered = 0;
	const client = async () => {
		while (Date.now() < until) {
			await ask(query);
			answered++;
		}
	};
	await Promise.all(Array.from({ length: CLIENTS }, client));
	return { p50: quantile(times, 0.5), perSecond: answered / LOAD_SECONDS };
}
