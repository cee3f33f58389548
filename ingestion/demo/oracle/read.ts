/**
 * Reads the demo's extract files on its own, so that landing is checked by something that shares no code with it.
 * Only the contract (the fields of each resource) is common to both.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Resource, ResourceField } from '../../core/resource.ts';
import { resources } from '../../sources/index.ts';

/** Values as read; instants and days as milliseconds in UTC, numbers as numbers, absent: undefined. */
export type Value = string | number | boolean | undefined;
export type OracleRow = Record<string, Value>;

export interface ReadResource {
	/** The version that counts of each record, without deleted ones. */
	rows: OracleRow[];
	/** Lines of data, malformed ones included. */
	lines: number;
	malformed: { file: string; line: number }[];
}

const CHINA = 8 * 3_600_000;

/** @param folder folder of the extracts: `<folder>/<source>/<resource>[-…].(csv|ndjson)[.gz]` */
export function readResource(folder: string, name: string): ReadResource {
	const resource = resources.find((entry) => `${entry.source}.${entry.name}` === name);
	if (!resource) throw new Error(`There is no resource "${name}".`);
	const pattern = new RegExp(`^${resource.name}(-[^.]*)?\\.(csv|ndjson)(\\.gz)?$`);
	const latest = new Map<string, OracleRow>();
	const result: ReadResource = { rows: [], lines: 0, malformed: [] };
	for (const file of readdirSync(join(folder, resource.source))
		.filter((entry) => pattern.test(entry))
		.sort()) {
		const bytes = readFileSync(join(folder, resource.source, file));
		const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
		const records = file.includes('.ndjson') ? parseJson(text) : parseCsv(text);
		records.forEach(({ line, fields }) => {
			result.lines += 1;
			const row = fields && typed(resource, fields);
			if (row) keepLatest(resource, latest, row);
			else result.malformed.push({ file: `${resource.source}/${file}`, line });
		});
	}
	result.rows = [...latest.values()].filter((row) => row.deleted !== true);
	return result;
}

/** The greatest `updated_at` wins whatever the order; at the same moment a deletion does. */
function keepLatest(resource: Resource, latest: Map<string, OracleRow>, row: OracleRow): void {
	const key = JSON.stringify(resource.primaryKey.map((field) => row[field] ?? null));
	const known = latest.get(key);
	const [mine, theirs] = [row[resource.cursor] as number, (known?.[resource.cursor] ?? -Infinity) as number];
	if (mine > theirs || (mine === theirs && row.deleted === true)) latest.set(key, row);
}

interface Line {
	line: number;
	/** Texts by column; undefined when the line can't be read at all. */
	fields: Record<string, unknown> | undefined;
}

function parseJson(text: string): Line[] {
	return text
		.split('\n')
		.map((content, index) => ({ content, line: index + 1 }))
		.filter(({ content }) => content.trim() !== '')
		.map(({ content, line }) => {
			try {
				return { line, fields: JSON.parse(content) as Record<string, unknown> };
			} catch {
				return { line, fields: undefined };
			}
		});
}

/** RFC 4180 without line breaks inside of fields, which the demo never writes. */
function parseCsv(text: string): Line[] {
	const [head = '', ...lines] = text.split('\n').filter((content) => content !== '');
	const columns = cells(head);
	return lines.map((content, index) => {
		const values = cells(content);
		const fields =
			values.length === columns.length
				? Object.fromEntries(columns.map((column, at) => [column, values[at] === '' ? undefined : values[at]]))
				: undefined;
		return { line: index + 2, fields };
	});
}

function cells(content: string): string[] {
	if (!content.includes('"')) return content.split(',');
	return [...content.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
}

/** The row in its types; undefined when it breaks the contract of the resource. */
function typed(resource: Resource, fields: Record<string, unknown>): OracleRow | undefined {
	const row: OracleRow = {};
	// A deletion needs only its key and its moment.
	const deleted = String(fields.deleted ?? '') === 'true';
	for (const field of resource.fields) {
		const text = fields[field.name] === undefined || fields[field.name] === null ? '' : String(fields[field.name]).trim();
		if (text === '') {
			if (field.required && (!deleted || resource.primaryKey.includes(field.name) || field.name === resource.cursor)) return undefined;
			continue;
		}
		const value = convert(field, text);
		if (value === undefined) return undefined;
		row[field.name] = value;
	}
	return row;
}

function convert(field: ResourceField, text: string): Value {
	switch (field.type) {
		case 'timestamp':
			return instant(text);
		case 'date':
			return /^\d{4}-\d{2}-\d{2}$/.test(text) ? midnight(text) : undefined;
		case 'boolean':
			return text === 'true' ? true : text === 'false' ? false : undefined;
		case 'integer':
		case 'decimal': {
			const pattern = field.type === 'integer' ? /^-?\d+$/ : /^-?\d+(\.\d{1,2})?$/;
			const number = pattern.test(text) ? Number(text) : undefined;
			return number === undefined || number < (field.min ?? -Infinity) ? undefined : number;
		}
		default:
			return field.values && !field.values.includes(text) ? undefined : text;
	}
}

const days = new Map<string, number | undefined>();

/** Milliseconds of the day's midnight in UTC; undefined for a day that the calendar doesn't have. */
function midnight(day: string): number | undefined {
	if (!days.has(day)) {
		const time = Date.parse(`${day}T00:00:00Z`);
		const real = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
		days.set(day, real ? time : undefined);
	}
	return days.get(day);
}

/** Text without an offset is in China's time. */
function instant(text: string): number | undefined {
	const match = /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(Z|\+08:00)?$/.exec(text);
	const day = match ? midnight(match[1] as string) : undefined;
	if (!match || day === undefined) return undefined;
	const [, , hours, minutes, seconds, zone] = match;
	return day + (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 - (zone === 'Z' ? 0 : CHINA);
}

/** The business day of an instant, as milliseconds of its midnight in UTC: comparable with a `date` as read. */
export function businessDay(instantAt: number): number {
	return Math.floor((instantAt + CHINA) / 86_400_000) * 86_400_000;
}
