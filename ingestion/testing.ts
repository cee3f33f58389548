/** What the tests of landing share: a home of their own, files, and a look into raw. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance, type JS } from '@duckdb/node-api';
import { z } from 'zod';
import { type ConfigInput, config } from '../contracts/config.ts';
import { boolean, decimal, identifier, integer, oneOf, text, timestamp } from './core/fields.ts';
import { defineResource, type Resource, type WriteDisposition } from './core/resource.ts';
import { type ResourceReport, ingest, type IngestOptions } from './index.ts';

export const ID_KEY = 'a key for tests that is long enough, really';

/** A small resource with one field of each kind that a check knows. */
export function sampleResource(writeDisposition: WriteDisposition = 'merge'): Resource {
	return defineResource('shop', 'leads', {
		description: 'Leads of a test. One row per lead.',
		primaryKey: writeDisposition === 'append' ? [] : ['id'],
		cursor: 'updated_at',
		writeDisposition,
		tombstone: 'deleted',
		schema: z.object({
			id: text('Id of the lead.'),
			kind: oneOf(['form', 'call'], 'How it came.').optional(),
			pieces: integer('How many.').optional(),
			price: decimal('Price.').optional(),
			phone: identifier('phone', 'Phone number.').optional(),
			name: identifier('person_name', 'Name.').optional(),
			note: text('Note.').optional(),
			updated_at: timestamp('Last change.'),
			deleted: boolean('Gone.').optional()
		})
	});
}

export type Rows = Record<string, JS>[];

export class TestHome {
	readonly folder = mkdtempSync(join(tmpdir(), 'onelane-landing-'));
	readonly home = join(this.folder, 'home');
	readonly sources: Record<string, readonly Resource[]>;
	readonly config: ConfigInput;

	constructor(resource: Resource = sampleResource(), settings: Partial<ConfigInput> = {}) {
		this.sources = { [resource.source]: [resource] };
		this.config = { sources: [{ kind: 'extracts', folder: 'extracts' }], timezone: 'Asia/Shanghai', ...settings };
	}

	write(path: string, content: string | Uint8Array): string {
		const full = join(this.folder, path);
		mkdirSync(dirname(full), { recursive: true });
		writeFileSync(full, content);
		return full;
	}

	remove(path: string): void {
		rmSync(join(this.folder, path));
	}

	/** Lands what is there; the report of the one resource. */
	async land(more: Partial<IngestOptions> & { settings?: Partial<ConfigInput> } = {}): Promise<ResourceReport> {
		const { settings, ...options } = more;
		const parsed = config.parse({ ...this.config, ...settings });
		const report = await ingest({
			home: this.home,
			config: parsed,
			configDir: this.folder,
			timezone: parsed.timezone,
			idKey: ID_KEY,
			sources: this.sources,
			...options
		});
		return report.resources[0] as ResourceReport;
	}

	async query(sql: string): Promise<Rows> {
		const instance = await DuckDBInstance.create(':memory:');
		const connection = await instance.connect();
		try {
			await connection.run(`attach '${join(this.home, 'raw.duckdb')}' as landing (read_only)`);
			await connection.run('use landing');
			return (await connection.runAndReadAll(sql)).getRowObjectsJS();
		} finally {
			connection.closeSync();
			instance.closeSync();
		}
	}

	/** Lands the fixtures of a source beside its test; a report for each of its resources. */
	static async ofFixtures(
		folder: string,
		source: string,
		resources: readonly Resource[]
	): Promise<{ brand: TestHome; reports: ResourceReport[] }> {
		const brand = new TestHome();
		brand.sources[source] = resources;
		cpSync(join(folder, 'fixtures'), join(brand.folder, 'extracts', source), { recursive: true });
		const reports: ResourceReport[] = [];
		await brand.land({
			settings: { quarantine: { threshold: 0 } },
			onProgress: (progress) => progress.kind === 'landed' && reports.push(progress.report)
		});
		return { brand, reports };
	}

	/** Current version of each record, as staging reads it: greatest cursor, on a tie the tombstone, then the row hash. */
	current(columns: string): Promise<Rows> {
		return this.query(`select ${columns} from (
			select * from raw.shop__leads
			qualify row_number() over (partition by _source, id order by updated_at desc, coalesce(deleted, false) desc, _row_hash desc) = 1
		) where not coalesce(deleted, false) order by id`);
	}

	/** Everything that a load may change, as text, but for the instants of loading. */
	async fingerprint(): Promise<string> {
		const tables = ['raw.shop__leads', 'raw._quarantine', 'raw._loads', 'raw._files', 'raw._cursors', 'restricted.identifiers'];
		const parts: unknown[] = [];
		for (const table of tables) parts.push(table, await this.query(`select t::varchar as row from ${table} t order by row`));
		return JSON.stringify(parts);
	}

	dispose(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

export const HEADER = 'id,kind,pieces,price,phone,name,note,updated_at,deleted';

/** One line of the sample resource, with values that are all right unless said otherwise. */
export function line(
	values: Partial<Record<'id' | 'kind' | 'pieces' | 'price' | 'phone' | 'name' | 'note' | 'updated_at' | 'deleted', string>>
): string {
	const all = {
		id: 'L1',
		kind: 'form',
		pieces: '1',
		price: '9.50',
		phone: '13912345678',
		name: '王小明',
		note: '',
		updated_at: '2026-05-01 10:00:00',
		deleted: '',
		...values
	};
	return HEADER.split(',')
		.map((field) => all[field as keyof typeof all])
		.join(',');
}

export function csv(...lines: string[]): string {
	return `${[HEADER, ...lines].join('\n')}\n`;
}
