/**
 * A resource's contract compiled to SQL: one query types, normalises and checks every row of a file, set-wise.
 *
 * The query has the columns of {@link parsedColumns}: those of raw but with the plain value of a protected field in place of its
 * hash, and `_problem`: 0 good, -1 no row at all (a blank line), n the n-th of {@link ParsingQuery.checks}.
 */
import { fieldColumns, type RawColumn } from './columns.ts';
import { isProtected } from './fields.ts';
import { identifierLayers, type IdentifierRules, MASKED, STATUS, VALUE } from './identifiers.ts';
import type { Resource, ResourceField } from './resource.ts';
import { type Layer, layered, list, literal, quoted } from './sql.ts';
import { textChecks, typedLayers } from './types.ts';

/** Where a field's text comes from. */
export interface FieldSource {
	/** Column of the file, or key of the object. */
	column?: string;
	/** Text of every row. */
	constant?: string;
	/** Text of a row whose own is blank. */
	default?: string;
	values?: Readonly<Record<string, string>>;
}

export interface Reading {
	resource: Resource;
	fields: Readonly<Record<string, FieldSource>>;
	/** In the resource's own shape nothing but its fields may hold values; a mapped file may hold anything. */
	strict: boolean;
	timezone: string;
	rules: IdentifierRules;
}

export interface Check {
	/** Field that is wrong; null: the row as a whole; '*': the query names it in `_column`. */
	column: string | null;
	reason: string;
}

export interface ParsingQuery {
	sql: string;
	checks: Check[];
}

/** What a file offers to the query: the relation to read and how a column's text is spelled over it. */
export interface FileRelation {
	/** Query of `scratch.lines` (_file_number, line), which the relation reads then: lines in the order of files, and their place says their number. */
	lines?: string;
	/** CTEs up to one named `source`; it has `_file_number` (place in the list of files, from 0) and `_line` (null: count the rows). */
	ctes: string;
	text(column: string): string;
	/** True for a row that is no row at all. */
	blank?: string;
	/** True for a row that cannot be taken apart; its text. */
	broken?: { condition: string; reason: string; text: string };
	/** True where an unknown column holds a value; the expression of its name. */
	unknown?: { condition: string; name: string };
}

const BLANKS = [' ', '\t', '\r', '\n', '\u00a0', '\u3000', '\ufeff'];

/** What a row is before its identifiers are hashed. */
export function parsedColumns(resource: Resource): RawColumn[] {
	const places = [
		{ name: '_line', type: 'bigint' },
		{ name: '_problem', type: 'smallint' },
		{ name: '_file_number', type: 'integer' }
	];
	const more = ['_column', '_bad_value', '_payload'].map((name) => ({ name, type: 'varchar' }));
	return [...resource.fields.flatMap(parsedField), ...places, ...more];
}

function parsedField(field: ResourceField): RawColumn[] {
	if (!isProtected(field.type)) return fieldColumns(field);
	return [VALUE, MASKED, STATUS].map((part) => ({ name: field.name + part, type: 'varchar' }));
}

export function parsingQuery(reading: Reading, relation: FileRelation): ParsingQuery {
	const { resource } = reading;
	const plan = resource.fields.map((field, i) => ({ field, t: `t${i}` }));
	const raw = Object.fromEntries(plan.map(({ field, t }) => [`${t}_raw`, rawText(reading.fields[field.name], relation)]));
	const text = Object.fromEntries(plan.map(({ field, t }) => [t, fieldText(reading.fields[field.name], `${t}_raw`)]));
	const layers: Layer[] = [raw, text];
	for (const { field, t } of plan) {
		const own = isProtected(field.type) ? identifierLayers(field.type, t, reading.rules) : typedLayers(field.type, t, reading.timezone);
		own.forEach((layer, i) => (layers[i + 2] = { ...layers[i + 2], ...layer }));
	}
	const checks = compileChecks(plan, resource, reading, relation);
	layers.push({ _problem: problem(checks, relation.blank) });
	const ctes = layered(layers, 'source');
	const sql = `${relation.ctes}, ${ctes.join(',\n')}\nselect ${list(outputs(plan, checks, resource, relation))}\nfrom l${layers.length - 1}`;
	return { sql, checks: checks.map(({ column, reason }) => ({ column, reason })) };
}

interface Planned {
	field: ResourceField;
	t: string;
}

/** Content of a row, without where and when it was landed: two rows with the same hash are the same version. */
export function rowHash(expressions: readonly string[]): string {
	return `md5(concat_ws(chr(31), ${list(expressions.map((sql) => `coalesce(${sql}::varchar, chr(30))`))}))`;
}

interface CompiledCheck extends Check {
	condition: string;
	/** Expression of the value to show; null when there is none. */
	value: string | null;
}

function rawText(source: FieldSource | undefined, relation: FileRelation): string {
	return source?.column === undefined ? 'null::varchar' : relation.text(source.column);
}

function fieldText(source: FieldSource | undefined, raw: string): string {
	if (!source) return 'null::varchar';
	if (source.constant !== undefined) return literal(source.constant);
	let sql = trimmed(raw);
	const values = Object.entries(source.values ?? {});
	if (values.length > 0)
		sql = `case ${sql} ${values.map(([from, to]) => `when ${literal(from)} then ${literal(to)}`).join(' ')} else ${sql} end`;
	return source.default === undefined ? sql : `coalesce(${sql}, ${literal(source.default)})`;
}

/**
 * Text without the blanks around it, null when nothing is left. Trimming a set of characters costs more than all else that is
 * done to a plain text, so that only a text with a blank at either end (below "!" are the blanks of ASCII) is trimmed.
 */
function trimmed(raw: string): string {
	const begins = BLANKS.filter((blank) => blank > '!').map((blank) => `prefix(${raw}, ${literal(blank)})`);
	const ends = BLANKS.map((blank) => `suffix(${raw}, ${literal(blank)})`);
	return `case when ${raw} < '!' or ${[...begins, ...ends].join(' or ')} then nullif(trim(${raw}, ${literal(BLANKS.join(''))}), '') else ${raw} end`;
}

function compileChecks(plan: Planned[], resource: Resource, reading: Reading, relation: FileRelation): CompiledCheck[] {
	const checks: CompiledCheck[] = [];
	const { broken, unknown } = relation;
	if (broken) checks.push({ column: null, reason: broken.reason, condition: broken.condition, value: null });
	if (reading.strict && unknown) {
		const reason = `The column is unknown to ${resource.source}.${resource.name}: take it out of the extract, or add it to the resource`;
		checks.push({ column: '*', reason, condition: unknown.condition, value: "'****'" });
	}
	const tombstone = plan.find(({ field }) => field.name === resource.tombstone);
	const identifying = new Set([...resource.primaryKey, resource.cursor]);
	for (const { field, t } of plan.filter(({ field }) => field.required)) {
		const excused = tombstone && !identifying.has(field.name) ? ` and not coalesce(${tombstone.t}_v, false)` : '';
		checks.push({
			column: field.name,
			reason: `The value is missing, and every row needs it (${field.meaning})`,
			condition: `${t} is null${excused}`,
			value: null
		});
	}
	for (const { field, t } of plan) {
		if (isProtected(field.type)) continue;
		for (const { condition, reason } of textChecks(field, t)) checks.push({ column: field.name, reason, condition, value: t });
	}
	return checks;
}

function problem(checks: CompiledCheck[], blank: string | undefined): string {
	const cases = checks.map(({ condition }, i) => `when ${condition} then ${i + 1}`);
	if (blank) cases.unshift(`when ${blank} then -1`);
	return cases.length > 0 ? `case ${cases.join('\n')} else 0 end` : '0';
}

function outputs(plan: Planned[], checks: CompiledCheck[], resource: Resource, relation: FileRelation): string[] {
	const personal = resource.fields.some((field) => field.personal !== 'none');
	const fields = plan.flatMap(({ field, t }) => {
		const sql = isProtected(field.type) ? [t + VALUE, t + MASKED, t + STATUS] : [`${t}_v`];
		return parsedField(field).map(({ name }, i) => `${sql[i]} as ${quoted(name)}`);
	});
	const values = checks.flatMap(({ value }, i) => (value ? [`when ${i + 1} then ${value}`] : []));
	const value = values.length > 0 ? `case _problem ${values.join(' ')} end` : 'null';
	const star = checks.findIndex((check) => check.column === '*');
	const payload = `json_object(${list(plan.map(({ field, t }) => `${literal(field.name)}, ${isProtected(field.type) ? t + MASKED : scrubbed(t, personal)}`))})::varchar`;
	const whole = relation.broken ? `case when _problem = 1 then ${redacted(relation.broken.text, personal)} else ${payload} end` : payload;
	return [
		...fields,
		'_line',
		'_problem',
		'_file_number',
		`${star < 0 ? 'null' : `case when _problem = ${star + 1} then ${relation.unknown?.name} end`} as _column`,
		`case when _problem > 0 then ${scrubbed(`left(${value}, 200)`, personal)} end as _bad_value`,
		`case when _problem > 0 then ${whole} end as _payload`
	];
}

/** Long digit runs and addresses inside plain values of a row that also has personal ones: it may have slipped by a column. */
function scrubbed(sql: string, personal: boolean): string {
	return personal
		? `regexp_replace(regexp_replace(${sql}, '([0-9]{3})[0-9]{4,}([0-9]{2})', '\\1****\\2', 'g'), '[^\\s@]+@', '***@', 'g')`
		: sql;
}

/** A line that cannot be taken apart: nobody can tell which part is personal, so only its shape is kept. */
export function redacted(sql: string, personal: boolean): string {
	return personal ? `regexp_replace(left(${sql}, 1000), '[\\pL\\pN]', '*', 'g')` : `left(${sql}, 1000)`;
}
