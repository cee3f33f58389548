/** Gathers what stands behind a figure: the question that its page asks, the statement that answers it, and where its tables come from. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineage as lineageSchema, lineageFile, type Lineage, type LineageTable } from '../../../../contracts/lineage.ts';
import type { Pointer } from '../../../../contracts/pointer.ts';
import type { LoadResult, MeasureMeta, MetaMember, MetaResult, MetaView, SqlResult } from '../../../../contracts/semantic.ts';
import type { Claims } from '../../../../contracts/claims.ts';
import type { Locale } from '#lib/format.ts';
import { sourceName } from '#lib/messages/sources.ts';
import type { Proof, ProofId, ProofMetric, ProofTable } from '#lib/proof.ts';
import { cached } from './cache.ts';
import { environment } from './environment.ts';
import { mayListLeads } from './pages/lead-list.ts';
import { SemanticError, forward, type Query } from './semantic.ts';

const METRICS = 16;

/** A measure or dimension as the layer describes it, with the table that it is computed from. */
type Described = MetaMember<MeasureMeta> & { aliasMember?: string };

export async function proofOf(
	query: Query,
	{ focus }: ProofId,
	claims: Claims,
	scopes: string[],
	pointer: Pointer,
	locale: Locale
): Promise<Proof> {
	const single = oneRange(query);
	const [meta, statement, loaded, lineage] = await Promise.all([
		cached(pointer.version, claims, 'meta', () => asked<MetaResult>(claims, '/v1/meta')),
		asked<SqlResult>(claims, '/v1/sql', { query: single }),
		asked<LoadResult>(claims, '/v1/load', { query: { ...single, limit: 1 } }),
		readLineage(pointer.version)
	]);
	const measures = query.measures ?? [];
	// A ratio is worked out on the page from parts that were asked for; what it means is said by its own measure.
	const asksFor = (name: string) =>
		measures.includes(name) || (measures.some((each) => viewOf(each) === viewOf(name)) && described(meta.cubes, name));
	const wanted =
		focus && asksFor(focus) ? [focus] : measures.length > 0 ? measures.slice(0, METRICS) : (query.dimensions ?? []).slice(0, 1);
	const metrics = wanted.flatMap((member) => described(meta.cubes, member) ?? []);
	const names = [...new Set(wanted.flatMap((member) => tableOf(meta.cubes, member) ?? []))];
	const rollups = Object.keys(loaded.usedPreAggregations ?? {}).map((name) => name.replace(/^rollups\./, ''));
	const tables = new Map(lineage?.tables.map((table) => [table.name, table]));
	// In its file a rollup's name carries the hashes of its content behind it.
	const built = (name: string) =>
		lineage?.tables.find((table) => table.layer === 'rollup' && table.name.startsWith(`${name}_`))?.rows ?? null;
	const sizes = rollups.length > 0 ? rollups.map(built) : names.map((name) => tables.get(name)?.rows ?? null);
	const [text, parameters] = statement.sql.sql;
	return {
		metrics: metrics.map((metric) => asMetric(metric, locale)),
		sql: readable(text),
		parameters: parameters.map(String),
		rollups,
		rows: sizes.some((size) => size === null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
		period: single.timeDimensions?.[0]?.dateRange ?? null,
		conditions: (query.filters ?? []).flatMap((filter) =>
			'member' in filter ? [`${filter.member} ${filter.operator} ${'values' in filter ? filter.values.join(', ') : ''}`.trim()] : []
		),
		marts: names.map((name): ProofTable => {
			const table = tables.get(name);
			return {
				name,
				description: (locale === 'zh-CN' ? table?.description_zh : undefined) ?? table?.description ?? '',
				owner: ownerIn(locale, table?.owner ?? null),
				rows: table?.rows ?? null,
				tests: table?.tests ?? { passed: 0, failed: 0 }
			};
		}),
		sources: sourcesOf(names, lineage).map((name) => {
			const fresh = pointer.freshness.find((each) => each.source === name);
			return { name: sourceName(name, locale), loadedAt: fresh?.loaded_at ?? null, dataUntil: fresh?.data_until ?? null };
		}),
		policy: { role: claims.role, scopes, people: mayListLeads(claims.role) },
		version: pointer.version,
		timezone: pointer.timezone
	};
}

/** A comparison asks the same question for several spans; its statement is shown for the first. */
function oneRange(query: Query): Query {
	const [time] = query.timeDimensions ?? [];
	if (!time?.compareDateRange) return query;
	const { compareDateRange, ...rest } = time;
	return { ...query, timeDimensions: [{ ...rest, dateRange: compareDateRange[0] as [string, string] }] };
}

async function asked<T>(claims: Claims, path: string, body?: object): Promise<T> {
	const response = await forward(claims, path, body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'GET' });
	const answer = (await response.json().catch(() => null)) as (T & { error?: string }) | null;
	if (!response.ok || !answer || answer.error) throw new SemanticError(response.status, answer?.error ?? response.statusText);
	return answer;
}

function ownerIn(locale: Locale, owner: LineageTable['owner']): string | null {
	if (owner === null || typeof owner === 'string') return owner;
	return locale === 'en' ? owner.en : owner.zh;
}

async function readLineage(version: string): Promise<Lineage | null> {
	try {
		return lineageSchema.parse(JSON.parse(await readFile(join(environment().home, lineageFile(version)), 'utf8')));
	} catch {
		// A version from before lineage was published, or a file that is gone: the panel does without.
		return null;
	}
}

function member(views: readonly MetaView[], name: string): Described | null {
	const view = views.find((each) => each.name === name.split('.')[0]);
	return [...(view?.measures ?? []), ...(view?.dimensions ?? [])].find((each) => each.name === name) as Described | null;
}

const viewOf = (name: string) => name.split('.')[0];

function described(views: readonly MetaView[], name: string): Described[] | null {
	const found = member(views, name);
	return found && [found];
}

function tableOf(views: readonly MetaView[], name: string): string | null {
	return member(views, name)?.aliasMember?.split('.')[0] ?? null;
}

function asMetric({ name, shortTitle, description, meta }: Described, locale: Locale): ProofMetric {
	const zh = locale === 'zh-CN';
	return {
		member: name,
		title: zh ? (meta?.title_zh ?? shortTitle) : shortTitle,
		description: (zh ? meta?.description_zh : description) ?? description ?? '',
		formula: meta?.formula ?? '',
		unit: meta?.unit ?? 'count'
	};
}

/** Systems at the far end of the marts' parents: `crm` of `crm.leads`. */
export function sourcesOf(marts: readonly string[], lineage: Lineage | null): string[] {
	const tables = new Map(lineage?.tables.map((table) => [table.name, table]));
	const seen = new Set<string>();
	const systems = new Set<string>();
	const walk = (name: string) => {
		if (seen.has(name)) return;
		seen.add(name);
		const table = tables.get(name);
		if (table?.layer === 'source') systems.add(name.split('.')[0] ?? name);
		table?.parents.forEach(walk);
	};
	marts.forEach(walk);
	return [...systems].sort();
}

/** Clauses on lines of their own: a statement of a thousand characters in one line is not read. */
export function readable(sql: string): string {
	return sql
		.replace(/\s+/g, ' ')
		.replace(/ (FROM|LEFT JOIN|INNER JOIN|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|UNION ALL) /g, '\n$1 ')
		.replace(/, (?="?\w+__\w+"? "|(?:sum|count|max|min|1\.0|approx|CAST|CASE)\b)/g, ',\n       ')
		.replace(/ AND \(/g, '\n  AND (')
		.trim();
}
