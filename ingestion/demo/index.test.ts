import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resources } from '../sources/index.ts';
import { DemoError, type DemoReport, generateDemo } from './index.ts';
import { type OracleDetail, runOracle } from './oracle/index.ts';
import { type ReadResource, readResource } from './oracle/read.ts';
import { measureStories, readStories } from './oracle/stories.ts';

const UNTIL = '2026-11-22';
const folder = mkdtempSync(join(tmpdir(), 'onelane-demo-'));
const small = join(folder, 'small');
let report: DemoReport;
const read = new Map<string, ReadResource>();

/** A resource of the small demo, read once. */
function delivered(resource: string): ReadResource {
	const known = read.get(resource) ?? readResource(join(small, 'extracts'), resource);
	read.set(resource, known);
	return known;
}

beforeAll(() => {
	report = generateDemo({ customers: 1500, seed: 1, until: UNTIL, out: small });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

function filesOf(dir: string): string[] {
	return readdirSync(dir, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

function fingerprint(dir: string): string {
	const hash = createHash('sha256');
	for (const file of filesOf(dir)) hash.update(file.slice(dir.length)).update(readFileSync(file));
	return hash.digest('hex');
}

describe('bytes', () => {
	test('the same options give the same bytes, another seed others', () => {
		const again = { customers: 300, until: '2026-03-31', out: join(folder, 'again') };
		generateDemo({ ...again, seed: 7 });
		const first = fingerprint(again.out);
		generateDemo({ ...again, seed: 7 });
		expect(fingerprint(again.out)).toBe(first);
		generateDemo({ ...again, seed: 8 });
		expect(fingerprint(again.out)).not.toBe(first);
	}, 60_000);
});

describe('files', () => {
	test('every resource is there, in files that landing finds, with the columns of its contract', () => {
		for (const { source, name, fields } of resources) {
			const files = filesOf(join(small, 'extracts', source)).filter((file) =>
				new RegExp(`/${name}(-\\d{6})?\\.(csv|ndjson)(\\.gz)?$`).test(file)
			);
			expect(files.length, `${source}.${name}`).toBeGreaterThan(0);
			for (const file of files.filter((path) => path.includes('.csv'))) {
				const bytes = readFileSync(file);
				const [head] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n', 1);
				expect(head).toBe(fields.map((field) => field.name).join(','));
			}
		}
		expect(report.resources).toHaveLength(resources.length);
		expect(report.rows).toBe(report.resources.reduce((sum, resource) => sum + resource.rows, 0));
	});

	test('exactly the rows listed in truth break their contract, few in each resource', () => {
		const [, ...listed] = readFileSync(join(small, 'truth', 'quarantine.csv'), 'utf8')
			.trimEnd()
			.split('\n');
		const expected = listed.map((line) => line.split(',').slice(2, 4).join(':'));
		const found: string[] = [];
		for (const { source, name } of resources) {
			const { malformed, lines } = delivered(`${source}.${name}`);
			expect(malformed.length / lines, `${source}.${name}`).toBeLessThan(0.02);
			found.push(...malformed.map((row) => `${row.file}:${row.line}`));
		}
		expect(found.toSorted()).toEqual(expected.toSorted());
		expect(found.length).toBeGreaterThan(20);
	});

	test('nothing happens after the last day', () => {
		for (const { source, name, cursor } of resources) {
			const { rows } = delivered(`${source}.${name}`);
			for (const row of rows) expect(row[cursor] as number).toBeLessThan(Date.parse('2026-11-22T16:00:00Z'));
		}
	});
});

describe('organisation', () => {
	const rows = (resource: string) => delivered(resource).rows;

	test('regions, 29 channels, all types of store, staff that comes, goes and moves', () => {
		expect(rows('reference.regions')).toHaveLength(7);
		expect(rows('reference.channels')).toHaveLength(29);
		expect(new Set(rows('reference.cities').map((row) => row.province)).size).toBe(34);
		const stores = rows('reference.stores');
		expect(stores.length).toBeGreaterThan(new Set(stores.map((row) => row.store_id)).size);
		const staff = rows('reference.staff');
		expect(staff.length).toBeGreaterThan(new Set(staff.map((row) => row.staff_id)).size);
		expect(staff.some((row) => row.left_on !== undefined)).toBe(true);
		expect(new Set(staff.map((row) => row.role))).toEqual(new Set(['inviter', 'advisor', 'store_manager']));
	});

	test('targets of stores add up to areas, regions and the company', () => {
		const sums = new Map<string, number>();
		for (const row of rows('reference.targets')) {
			const key = [row.level, row.version, row.metric, row.target_month].join(' ');
			sums.set(key, (sums.get(key) ?? 0) + (row.value as number));
		}
		for (const [key, sum] of sums) {
			const [level = '', ...rest] = key.split(' ');
			if (level !== 'company') expect(sum, key).toBe(sums.get(['company', ...rest].join(' ')));
		}
	});

	test('every id that a row names exists in reference', () => {
		const known = (resource: string, key: string) => new Set(rows(resource).map((row) => row[key]));
		const members = {
			store_id: known('reference.stores', 'store_id'),
			staff_id: known('reference.staff', 'staff_id'),
			inviter_id: known('reference.staff', 'staff_id'),
			advisor_id: known('reference.staff', 'staff_id'),
			channel_id: known('reference.channels', 'channel_id'),
			campaign_id: known('reference.campaigns', 'campaign_id'),
			event_id: known('reference.events', 'event_id'),
			product_id: known('reference.products', 'product_id'),
			series_id: known('reference.products', 'series_id')
		};
		for (const { source, name, fields, primaryKey } of resources.filter((resource) => resource.source !== 'reference')) {
			const columns = fields
				.map((field) => field.name)
				.filter((field) => field in members && !primaryKey.includes(field)) as (keyof typeof members)[];
			for (const row of rows(`${source}.${name}`)) {
				for (const column of columns)
					if (row[column] !== undefined) expect(members[column].has(row[column]), `${source}.${name} ${column} ${row[column]}`).toBe(true);
			}
		}
	});
});

describe('wrong options', () => {
	const options = { customers: 1000, seed: 1, until: UNTIL, out: join(folder, 'never') };

	test('are refused with a sentence', () => {
		expect(() => generateDemo({ ...options, customers: 0 })).toThrow(
			new DemoError('The number of customers must be a whole number from 100 to 2000000, not 0.')
		);
		expect(() => generateDemo({ ...options, seed: 1.5 })).toThrow('The seed must be a whole number, not 1.5.');
		expect(() => generateDemo({ ...options, until: '22.11.2026' })).toThrow(
			'The last day of the history, "22.11.2026" is no date: write it as YYYY-MM-DD, such as 2026-11-22.'
		);
	});

	test('extracts of somebody else are not overwritten', () => {
		const out = join(folder, 'foreign');
		mkdirSync(join(out, 'extracts'), { recursive: true });
		writeFileSync(join(out, 'extracts', 'mine.csv'), 'a\n');
		expect(() => generateDemo({ ...options, out })).toThrow('has extracts that are no demo');
		expect(readdirSync(out)).toEqual(['extracts']);
	});
});

describe('30,000 customers', () => {
	const out = join(folder, 'full');
	let detail: OracleDetail;

	beforeAll(() => {
		generateDemo({ customers: 30_000, seed: 1, until: UNTIL, out });
		detail = runOracle(out);
	}, 240_000);

	test('rates are those of the field', () => {
		const { captures, total, status } = detail.counts;
		expect(captures.captures).toBe(captures.leads + captures.duplicates + captures.rejected);
		expect(captures.leads).toBe(status.valid + status.invalid + status.pending);
		const between = (value: number, low: number, high: number): void => {
			expect(value).toBeGreaterThan(low);
			expect(value).toBeLessThan(high);
		};
		between(captures.duplicates / captures.captures, 0.1, 0.3);
		between(status.invalid / captures.leads, 0.2, 0.4);
		between(total.order_leads / captures.captures, 0.015, 0.028);
		const outside = detail.captures.filter(({ at }) => {
			const hour = (((at / 3_600_000 + 8) % 24) + 24) % 24;
			return hour < 9 || hour >= 18;
		});
		between(outside.length / captures.captures, 0.4, 0.6);
		between(detail.counts.identity.precision as number, 0.95, 1);
		between(detail.counts.identity.recall as number, 0.6, 1);
	});

	test('every story has the effect that it states', () => {
		const measured = measureStories(out, detail);
		for (const { kind, effect } of readStories(out)) {
			for (const [figure, [low, high]] of Object.entries(effect)) {
				const value = measured[kind]?.[figure] ?? NaN;
				expect(value, `${kind} ${figure}`).toBeGreaterThanOrEqual(low);
				expect(value, `${kind} ${figure}`).toBeLessThanOrEqual(high);
			}
		}
	});
});
