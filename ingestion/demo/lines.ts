/** A row as each source writes it: CSV in local time for most, NDJSON with ISO instants for the web site and the call centre. */
import type { Resource, ResourceField } from '../core/resource.ts';
import { localText, offsetText, utcText } from './clock.ts';
import type { Cell, Row } from './extracts.ts';
import type { Spoilt } from './mess.ts';

export function isJson(resource: Pick<Resource, 'source' | 'name'>): boolean {
	return (resource.source === 'web' && resource.name === 'events') || resource.source === 'callcenter';
}

export function csvHead(fields: readonly ResourceField[]): string {
	return fields.map((field) => field.name).join(',');
}

export function csvLine(fields: readonly ResourceField[], row: Row, spoilt?: Spoilt): string {
	const count = spoilt?.kind === 'too_few_columns' ? Math.min(3, fields.length - 2) : fields.length;
	let line = '';
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

export function jsonLine(resource: Resource, row: Row, spoilt?: Spoilt): string {
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
