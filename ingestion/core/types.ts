/** Plain types in SQL: how a text becomes a value, and what a text that does not is told. */
import type { PlainType } from './fields.ts';
import type { ResourceField } from './resource.ts';
import { isOneOf, type Layer, literal } from './sql.ts';

const YES = ['true', 't', '1', 'yes', 'y', '是'];
const NO = ['false', 'f', '0', 'no', 'n', '否'];
const OFFSET = '[0-9]:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?\\s*(?:[zZ]|[+-][0-9]{2}(?::?[0-9]{2})?)$';
const EARLIEST = '1900-01-01';
const LATEST = '2200-01-01';

/**
 * Layers that leave `<t>_v`: null where the text is no such value. `t` is an alias of a text that is trimmed, and null when
 * blank. What one layer names the next uses twice, because DuckDB would reckon a time again at each mention.
 */
export function typedLayers(type: PlainType, t: string, timezone: string): Layer[] {
	const value = `${t}_v`;
	const found = `${t}_found`;
	switch (type) {
		case 'text':
			return [{ [value]: t }];
		case 'integer':
			return [{ [value]: `case when regexp_full_match(${t}, '[+-]?[0-9]{1,18}(?:\\.0*)?') then try_cast(${t} as bigint) end` }];
		case 'decimal':
			return [
				{ [value]: `case when regexp_full_match(${t}, '[+-]?[0-9]{1,16}(?:\\.[0-9]{0,2}0*)?') then try_cast(${t} as decimal(18,2)) end` }
			];
		case 'boolean':
			return [{ [value]: `case when ${isOneOf(`lower(${t})`, YES)} then true when ${isOneOf(`lower(${t})`, NO)} then false end` }];
		case 'date':
			return [{ [found]: `try_cast(${t} as date)` }, { [value]: plausible(found, 'date') }];
		case 'timestamp':
			return [{ [found]: instant(t, timezone) }, { [value]: plausible(found, 'timestamp') }];
	}
}

/**
 * Text with an offset is an instant already; without one it is the wall clock of `timezone`. Both as naive UTC. An instant
 * becomes naive by way of its microseconds: the cast would look its zone up.
 */
function instant(t: string, timezone: string): string {
	const wall = `try_cast(${t} as timestamp)`;
	const utc = ['UTC', 'Etc/UTC'].includes(timezone) ? wall : naive(`timezone(${literal(timezone)}, ${wall})`);
	const zulu = `try_cast(left(${t}, length(${t}) - 1) as timestamp)`;
	const offset = naive(
		`try_cast(regexp_replace(regexp_replace(${t}, '\\s+([zZ]|[+-][0-9:]+)$', '\\1'), '([+-][0-9]{2})([0-9]{2})$', '\\1:\\2') as timestamptz)`
	);
	return `case when length(${t}) > 15 and regexp_matches(${t}, '${OFFSET}') then case when suffix(${t}, 'Z') then ${zulu} else ${offset} end else ${utc} end`;
}

function naive(timestamptz: string): string {
	return `make_timestamp(epoch_us(${timestamptz}))`;
}

function plausible(sql: string, type: 'date' | 'timestamp'): string {
	return `case when ${sql} between ${type} '${EARLIEST}' and ${type} '${LATEST}' then ${sql} end`;
}

const EXPECTED: Record<Exclude<PlainType, 'text'>, string> = {
	integer: 'a whole number such as 12',
	decimal: 'an amount with at most two decimals such as 12.50',
	boolean: 'true or false',
	date: 'a date such as 2026-05-31',
	timestamp: 'a time such as 2026-05-31 14:05:00'
};

/** Conditions under which a text is no value of the field, with the reason in words. */
export function textChecks(field: ResourceField, t: string): { condition: string; reason: string }[] {
	const checks: { condition: string; reason: string }[] = [];
	if (field.type in EXPECTED) {
		const expected = EXPECTED[field.type as Exclude<PlainType, 'text'>];
		checks.push({ condition: `${t} is not null and ${t}_v is null`, reason: `The value is not ${expected}` });
	}
	if (field.values) {
		checks.push({
			condition: `${t} is not null and not ${isOneOf(t, field.values)}`,
			reason: `The value must be one of: ${field.values.join(', ')}`
		});
	}
	if (field.min !== undefined) checks.push({ condition: `${t}_v < ${field.min}`, reason: `The value must be ${field.min} or more` });
	return checks;
}
