/**
 * What real extracts do: rows twice, versions out of order, stragglers, deletions, and rows that nobody can read.
 * Each row of a resource gets the file (a month) that it is delivered in.
 */
import type { Resource } from '../core/resource.ts';
import { cities } from './geography.ts';
import { DAY, dayOf, type Instant, monthStart, monthText } from './clock.ts';
import type { Row } from './extracts.ts';
import { Random } from './random.ts';

/** Columns to spoil, and how the line is spoilt; the text is what stands in the column. */
export interface Spoilt {
	kind: 'bad_date' | 'missing_key' | 'unknown_value' | 'bad_number' | 'too_few_columns' | 'broken_json';
	column: string;
	text: string;
}

export interface Delivered {
	row: Row;
	/** Month of the file, YYYYMM. */
	file: string;
	spoilt?: Spoilt;
}

const MESSY = new Set(['web', 'ads', 'verticals', 'crm', 'callcenter', 'dms']);
const FEWEST_ROWS_FOR_MALFORMED = 400;

export function deliver(resource: Resource, rows: readonly Row[], seed: number, now: Instant): Delivered[] {
	const name = `${resource.source}.${resource.name}`;
	const random = new Random(seed, 'mess', name);
	const month = (instant: Instant): string => monthText(dayOf(instant));
	const lastFile = month(now);
	const delivered: Delivered[] = [];
	const messy = MESSY.has(resource.source);
	const versioned = VERSIONS[name];
	for (const row of rows) {
		const file = month(row.updated_at);
		if (!messy) {
			delivered.push({ row, file });
			continue;
		}
		const draw = random.next();
		if (draw < 0.006) delivered.push({ row, file }, { row, file });
		else if (draw < 0.009) delivered.push({ row, file }, { row, file: month(Math.min(now, row.updated_at + 20 * DAY)) });
		else if (draw < 0.011) delivered.push({ row, file: lastFile });
		else if (versioned && draw < 0.022) {
			const updated_at = Math.min(now - 60, row.updated_at + random.int(1, 20) * DAY);
			if (updated_at <= row.updated_at) delivered.push({ row, file });
			else {
				const later = { ...row, ...versioned(row, random), updated_at };
				// In a third of the cases the newer version comes in an earlier file than the older one.
				if (random.chance(0.34)) delivered.push({ row: later, file }, { row, file: month(monthAfter(updated_at, now)) });
				else delivered.push({ row, file }, { row: later, file: month(updated_at) });
			}
		} else delivered.push({ row, file });
	}
	if (messy) {
		bury(resource, rows, random, now, delivered, month);
		spoil(resource, rows, random, delivered, month);
	}
	return delivered;
}

function monthAfter(instant: Instant, now: Instant): Instant {
	return Math.min(now, (monthStart(dayOf(instant), 1) + 1) * DAY);
}

/** What a source corrects afterwards, by resource; the others never change a record by themselves. */
const VERSIONS: Record<string, (row: Row, random: Random) => Partial<Row>> = {
	'crm.leads': correctCity,
	'web.forms': correctCity,
	'ads.leads': correctCity,
	'verticals.leads': correctCity,
	'crm.visits': (row) => ({ series_id: row.series_id ?? 'yunfan_x5' }),
	'crm.followups': (row) => ({ seconds: row.kind === 'call' && row.connected ? (row.seconds as number) + 1 : 0 })
};

function correctCity(row: Row, random: Random): Partial<Row> {
	const same = cities.filter((city) => city.province === row.province);
	return { city: random.pick(same).city };
}

/** Test records that a source made and deleted; sometimes an older copy comes after the deletion, which must not undo it. */
function bury(resource: Resource, rows: readonly Row[], random: Random, now: Instant, delivered: Delivered[], month: (instant: Instant) => string): void {
	if (!resource.tombstone || resource.primaryKey.length > 1 || rows.length < 100) return;
	const key = resource.primaryKey[0] as string;
	for (let count = Math.max(2, Math.round(rows.length * 0.002)); count > 0; count -= 1) {
		const model = random.pick(rows);
		const deletedAt = model.updated_at + random.int(60, 5 * DAY);
		if (deletedAt > now) continue;
		const row: Row = { ...model, [key]: `TEST${String(count).padStart(5, '0')}` };
		if ('phone' in row) row.phone = `139${String(50_000_000 + random.int(0, 9_999_999))}`;
		if ('name' in row) row.name = '测试';
		for (const field of ['openid', 'unionid', 'device_id', 'anonymous_id', 'email', 'wecom_external_userid', 'vin', 'lead_source', 'lead_record_id', 'visit_id', 'appointment_id', 'reopened_record_id', 'reopened_source']) {
			if (field in row && field !== key) row[field] = undefined;
		}
		delivered.push({ row, file: month(row.updated_at) }, { row: { ...row, [resource.tombstone]: true, updated_at: deletedAt }, file: month(deletedAt) });
		if (random.chance(0.3)) delivered.push({ row, file: month(monthAfter(deletedAt, now)) });
	}
}

/** Adds rows that break the contract, each under a key of its own, so that nothing is missing without them. */
function spoil(resource: Resource, rows: readonly Row[], random: Random, delivered: Delivered[], month: (instant: Instant) => string): void {
	if (rows.length < FEWEST_ROWS_FOR_MALFORMED) return;
	const json = isJson(resource);
	const key = resource.primaryKey[0] as string;
	const keyIsText = resource.fields.find((field) => field.name === key)?.type === 'text';
	const timestamps = resource.fields.filter((field) => field.required && (field.type === 'timestamp' || field.type === 'date'));
	const listed = resource.fields.filter((field) => field.values);
	const numbers = resource.fields.filter((field) => field.type === 'decimal' || field.type === 'integer');
	const count = Math.min(40, Math.max(4, Math.round(rows.length * 0.0008)));
	for (let index = 0; index < count; index += 1) {
		const model = random.pick(rows);
		const row: Row = keyIsText ? { ...model, [key]: `BAD${String(index + 1).padStart(5, '0')}` } : { ...model, campaign_id: `BAD${index + 1}` };
		const choices: Spoilt[] = [{ kind: 'bad_date', column: random.pick(timestamps).name, text: random.pick(['2025-13-45 10:00:00', '31.02.2026', 'yesterday']) }];
		if (keyIsText) choices.push({ kind: 'missing_key', column: key, text: '' });
		if (listed.length > 0) choices.push({ kind: 'unknown_value', column: random.pick(listed).name, text: random.pick(['???', 'unbekannt', 'TBD']) });
		if (numbers.length > 0) choices.push({ kind: 'bad_number', column: random.pick(numbers).name, text: random.pick(['12,5x', 'abc', '-3']) });
		choices.push(json ? { kind: 'broken_json', column: '', text: '' } : { kind: 'too_few_columns', column: '', text: '' });
		delivered.push({ row, file: month(model.updated_at), spoilt: choices[index % choices.length] as Spoilt });
	}
}

export function isJson(resource: Pick<Resource, 'source' | 'name'>): boolean {
	return (resource.source === 'web' && resource.name === 'events') || resource.source === 'callcenter';
}
