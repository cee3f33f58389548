/** How DuckDB reads a scanned file: every column as text, and the line of each row where it cannot be counted. */
import type { FileRelation, Reading } from './contract.ts';
import { IngestError } from './errors.ts';
import { list, literal, quoted } from './sql.ts';

export interface CsvShape {
	header: readonly string[];
	delimiter: string;
	/** The file is a clean copy: no header, the line number before each record. */
	numbered: boolean;
}

/** Files of one shape, read one after the other in this order. */
export function csvRelation(paths: readonly string[], shape: CsvShape, reading: Reading): FileRelation {
	const columns = [...(shape.numbered ? ['_line'] : []), ...shape.header.map((_, i) => `c${i}`)];
	const options = `auto_detect=false, header=${!shape.numbered}, delim=${literal(shape.delimiter)}, quote='"', escape='"', max_line_size=2097152, buffer_size=8388608`;
	const types = `columns={${list(columns.map((name) => `'${name}': 'VARCHAR'`))}}`;
	const line = shape.numbered ? '_line::bigint' : 'null::bigint';
	const strange = unknownColumns(shape.header, reading).map((name) => ({
		name,
		held: `nullif(trim(c${shape.header.indexOf(name)}), '') is not null`
	}));
	return {
		ctes: `with source as (select * replace (${line} as _line) from (select file_index::integer as _file_number, ${shape.numbered ? '*' : 'null as _line, *'} from read_csv(${files(paths)}, ${options}, ${types})))`,
		text: (column) => (shape.header.includes(column) ? `c${shape.header.indexOf(column)}` : 'null'),
		...(strange.length > 0 && {
			unknown: {
				condition: strange.map(({ held }) => held).join(' or '),
				name: `case ${strange.map(({ name, held }) => `when ${held} then ${literal(name)}`).join(' ')} end`
			}
		})
	};
}

/** One JSON object a line. DuckDB makes a row of every line, blank ones too, so that rows count lines. */
export function ndjsonRelation(paths: readonly string[], reading: Reading): FileRelation {
	const keys = [...new Set(Object.values(reading.fields).flatMap(({ column }) => (column === undefined ? [] : [column])))];
	assertApart(keys, reading);
	const known = `[${list(keys.map(literal))}]`;
	// One pass over the line for all values: numbers, truth values and nested ones as their text.
	const wanted = literal(JSON.stringify(Object.fromEntries(keys.map((key) => [key, 'VARCHAR']))));
	const text = (key: string) => `_values.${quoted(key)}`;
	const filled = keys.map((key) => `(${text(key)} is not null)::integer`).join(' + ');
	const options = `auto_detect=false, header=false, delim='\x01', quote='', escape='', max_line_size=2097152, buffer_size=8388608, columns={'line': 'VARCHAR'}`;
	const object = `json_valid(line) and (prefix(line, '{') or prefix(ltrim(line, ' \t'), '{'))`;
	return {
		// Taken apart, a line is many columns wide, and wide rows that keep an order are written by one thread alone.
		lines: `select file_index::integer as _file_number, line from read_csv(${files(paths)}, ${options})`,
		ctes: `with firsts as (select _file_number, min(rowid) as first from scratch.lines group by _file_number),
			lines as (select _file_number, l.rowid - first + 1 as _line, line, ${object} as _object from scratch.lines l join firsts using (_file_number)),
			source as (select _file_number, _line, line, coalesce(_object, false) as _object, case when _object then json_transform(line, ${wanted}) end as _values from lines)`,
		text: (column) => (keys.includes(column) ? text(column) : 'null'),
		blank: `case when _object then false else nullif(trim(line, ' \t\r'), '') is null end`,
		broken: { condition: 'not _object', reason: 'The line is no JSON object', text: 'line' },
		unknown: {
			// As many keys as known ones with a value: nothing unknown, and no list to compare.
			condition: `case when len(json_keys(line)) <> ${filled || '0'} then not list_has_all(${known}, json_keys(line)) else false end`,
			name: `list_filter(json_keys(line), lambda key: not list_contains(${known}, key))[1]`
		}
	};
}

/** Names of DuckDB know no case, so that two keys of one spelling cannot be told apart. */
function assertApart(keys: readonly string[], { resource }: Reading): void {
	const twice = keys.find((key, i) => keys.findIndex((other) => other.toLowerCase() === key.toLowerCase()) !== i);
	if (twice === undefined) return;
	throw new IngestError(
		`The mapping of ${resource.source}.${resource.name} reads the key "${twice}" and another of the same letters in another case. Rename one of them in the export.`
	);
}

function unknownColumns(header: readonly string[], reading: Reading): string[] {
	if (!reading.strict) return [];
	const known = new Set(Object.values(reading.fields).map(({ column }) => column));
	return header.filter((name) => !known.has(name));
}

function files(paths: readonly string[]): string {
	return `[${list(paths.map((path) => literal(path.replace(/[[*?]/g, '[$&]'))))}]`;
}

/** What a header lacks or says twice, as an error that names file and column. */
export function checkHeader(header: readonly string[], shown: string, reading: Reading): void {
	const twice = header.find((name, i) => header.indexOf(name) !== i);
	if (twice !== undefined) throw new IngestError(`File ${shown} has two columns named "${twice}". Rename one of them in the export.`);
	const { resource } = reading;
	for (const [field, { column }] of Object.entries(reading.fields)) {
		if (column === undefined || header.includes(column)) continue;
		const required = resource.fields.some(({ name, required }) => name === field && required);
		if (reading.strict && !required) continue;
		const one = header.length === 1 ? ` Its header was read as one column: is the delimiter right?` : '';
		const hint = reading.strict
			? 'Export it with that column.'
			: `It has ${header.join(', ')}. Correct the mapping of "${field}" in onelane.config.ts.`;
		throw new IngestError(`File ${shown} has no column "${column}", which ${resource.source}.${resource.name} needs.${one} ${hint}`);
	}
}
