/** Writes the rows as each source would: CSV in local time for most, NDJSON with ISO instants for the web site and the call centre. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Resource, ResourceField } from '../core/resource.ts';
import { type Instant, localText, offsetText, utcText } from './clock.ts';
import type { Cell, Row } from './extracts.ts';
import { type Delivered, deliver, isJson, type Spoilt } from './mess.ts';
import type { Truth } from './truth.ts';

export interface WrittenResource {
	source: string;
	resource: string;
	files: number;
	/** Lines of data, malformed ones included. */
	rows: number;
}

/** Resources of one file each, however old their rows are. */
const SINGLE = new Set(['reference']);
const ZIPPED = new Set(['dms.orders']);

export function writeResource(folder: string, resource: Resource, rows: readonly Row[], seed: number, now: Instant, truth: Truth): WrittenResource {
	const { source, name } = resource;
	const json = isJson(resource);
	const files = new Map<string, Delivered[]>();
	const delivered = deliver(resource, rows, seed, now);
	// Equal moments keep the order in which they were simulated.
	delivered.sort((a, b) => a.row.updated_at - b.row.updated_at);
	for (const entry of delivered) {
		const file = SINGLE.has(source) ? '' : entry.file;
		const list = files.get(file);
		if (list) list.push(entry);
		else files.set(file, [entry]);
	}
	if (files.size === 0) files.set('', []);
	mkdirSync(join(folder, source), { recursive: true });
	for (const [month, entries] of files) {
		const zipped = ZIPPED.has(`${source}.${name}`);
		const file = `${source}/${name}${month && '-'}${month}.${json ? 'ndjson' : 'csv'}${zipped ? '.gz' : ''}`;
		const lines = json ? entries.map((entry) => jsonLine(resource, entry)) : [resource.fields.map((field) => field.name).join(','), ...entries.map((entry) => csvLine(resource.fields, entry))];
		entries.forEach(({ row, spoilt }, index) => {
			if (spoilt) truth.quarantined.push(quarantined(resource, file, index + (json ? 1 : 2), row, spoilt));
		});
		const text = lines.length === 0 ? '' : `${lines.join('\n')}\n`;
		writeFileSync(join(folder, file), zipped ? gzipSync(text) : text);
	}
	return { source, resource: name, files: files.size, rows: delivered.length };
}

function quarantined(resource: Resource, file: string, line: number, row: Row, spoilt: Spoilt) {
	const key = resource.primaryKey.map((field) => (field === spoilt.column ? spoilt.text : String(row[field] ?? ''))).join('|');
	return { source: resource.source, resource: resource.name, file, line, record_id: key, column: spoilt.column, reason: spoilt.kind };
}

function csvLine(fields: readonly ResourceField[], { row, spoilt }: Delivered): string {
	let line = '';
	const count = spoilt?.kind === 'too_few_columns' ? Math.min(3, fields.length - 2) : fields.length;
	for (let index = 0; index < count; index += 1) {
		const field = fields[index] as ResourceField;
		if (index > 0) line += ',';
		line += field.name === spoilt?.column ? quoted(spoilt.text) : csvCell(field, row[field.name]);
	}
	return line;
}

function csvCell(field: ResourceField, value: Cell): string {
	if (value === undefined) return '';
	if (field.type === 'timestamp') return localText(value as number);
	if (field.type === 'decimal') return (value as number).toFixed(2);
	if (typeof value === 'string') return quoted(value);
	return String(value);
}

function quoted(text: string): string {
	return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonLine(resource: Resource, { row, spoilt }: Delivered): string {
	const instant = resource.source === 'web' ? utcText : offsetText;
	const record: Record<string, Cell> = {};
	for (const field of resource.fields) {
		const value = row[field.name];
		if (value !== undefined) record[field.name] = field.type === 'timestamp' ? instant(value as number) : value;
	}
	if (spoilt?.column) record[spoilt.column] = spoilt.text === '' ? undefined : spoilt.text;
	const line = JSON.stringify(record);
	return spoilt?.kind === 'broken_json' ? line.slice(0, Math.floor(line.length * 0.6)) : line;
}
