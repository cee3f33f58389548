/** Time that the server takes for a page: again and again for the same one, and for periods that nobody has asked for. */
import { gzipSync } from 'node:zlib';
import type { Figure } from '../budgets.ts';
import { quantile } from '../semantic.ts';
import type { BenchPage, Session } from './session.ts';

const WARM = 20;
const COLD = 24;

export async function measureServer({ url, cookie }: Session, { name, path, isAlone }: BenchPage, rounds: number): Promise<Figure[]> {
	const get = async (address: string) => {
		const began = performance.now();
		const response = await fetch(url + address, { headers: { cookie } });
		const html = await response.text();
		if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
		const queries = Number(/queries;desc="(\d+)"/.exec(response.headers.get('server-timing') ?? '')?.[1] ?? NaN);
		return { ms: performance.now() - began, html, queries };
	};
	const first = await get(path);
	const asked = [first.queries];
	for (let round = 0; round < rounds; round++) await get(path);
	const warm: number[] = [];
	for (let round = 0; round < WARM; round++) warm.push((await get(path)).ms);
	const cold: number[] = [];
	for (let round = 0; !isAlone && round < COLD; round++) {
		// A span of 20 to 31 days that no cache has seen.
		const { ms, queries } = await get(
			`${path}?from=2025-${month(round)}-0${1 + Math.floor(round / 12)}&to=2025-${month(round)}-${22 + (round % 6)}`
		);
		cold.push(ms);
		asked.push(queries);
	}
	const figure = (what: string, value: number, unit: Figure['unit'], most: number): Figure => ({
		group: 'web',
		what: `${name}: ${what}`,
		value,
		unit,
		budget: { most }
	});
	return [
		figure('server, warm, p95', quantile(warm, 0.95), 'ms', 80),
		...(isAlone ? [] : [figure('server, cold, p95', quantile(cold, 0.95), 'ms', 700)]),
		figure('queries', Math.max(...asked), 'count', 6),
		figure('HTML, gz', gzipSync(first.html).length / 1000, 'kB', 100)
	];
}

const month = (round: number) => String((round % 12) + 1).padStart(2, '0');
