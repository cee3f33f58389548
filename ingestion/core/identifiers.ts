/**
 * Identifiers at the door: each protected type is normalised and judged in SQL, in layers of expressions that build on
 * each other. What leaves is a value (only ever to the restricted schema), its status and its masked form.
 *
 * status: ok · invalid (cannot be one) · placeholder (typed to get past the form) · relay (a number of a platform that
 * forwards for a while, 隐私号/AXB: it reaches the person but belongs to nobody). Numbers of virtual operators (162, 165,
 * 167, 170, 171) are real people.
 */
import type { ProtectedType } from './fields.ts';
import { isOneOf, type Layer, literal } from './sql.ts';

export interface IdentifierRules {
	/** First digits of numbers that only forward, and of shared service lines. */
	relayPrefixes: readonly string[];
	/** Scope of an openid that does not say its app as "<app>:<openid>". */
	scope: string;
}

/** Suffixes of the aliases that the last layers leave behind, on the field's own alias. */
export const VALUE = '_value';
export const HASH = '_hash';
export const STATUS = '_status';
export const MASKED = '_masked';

/** @param t alias of the field's text: trimmed, null when blank */
export function identifierLayers(type: ProtectedType, t: string, rules: IdentifierRules): Layer[] {
	switch (type) {
		case 'phone':
			return phone(t, rules.relayPrefixes);
		case 'email':
			return email(t);
		case 'vin':
			return vin(t);
		case 'person_name':
			return personName(t);
		case 'openid':
			return openid(t, rules.scope);
		case 'device_id':
			return account(t, `lower(${t})`);
		default:
			return account(t, t);
	}
}

const EXTENSION_MARK = '(?:转|轉|分机|ext|x|#|,|，|;)';
const EXTENSION = `^(?:\\+?[0-9-]{5,20}${EXTENSION_MARK}|(?:\\+86|0086|86)?-?1[0-9]{10}-|(?:\\+86-?)?0[0-9]{2,3}-[0-9]{7,8}-)([0-9]{1,6})$`;
const CHINA = '(?:\\+86|0086|86)';
const MOBILE = `${CHINA}?(1[3-9][0-9]{9})`;
const LANDLINE = '(?:(?:\\+|00)860?|0)((?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7})';
const FOREIGN = '(?:\\+|00)([1-79][0-9]{7,14}|8[0-57-9][0-9]{6,13})';
const FAKE_PHONES = ['13800138000', '12345678901', '12345678910', '01234567890'];

function phone(t: string, relayPrefixes: readonly string[]): Layer[] {
	const relay = `${CHINA}?((?:${relayPrefixes.join('|')})[0-9]{3,14})`;
	const digits = `${t}_national`;
	const national = `substr(${t}_e164, 4)`;
	return [
		{ [`${t}_clean`]: `regexp_replace(translate(lower(${t}), '０１２３４５６７８９＋－（）', '0123456789+-()'), '[\\s().·]', '', 'g')` },
		{ [`${t}_ext`]: `case when length(${t}_clean) > 11 then regexp_extract(${t}_clean, '${EXTENSION}', 1) else '' end` },
		{
			[`${t}_base`]: `replace(case when ${t}_ext = '' then ${t}_clean else regexp_replace(${t}_clean, '(?:${EXTENSION_MARK}|-)[0-9]{1,6}$', '') end, '-', '')`
		},
		{
			[`${t}_national`]: `regexp_replace(${t}_base, '^(?:\\+86|0086)', '')`,
			[`${t}_relay`]: `regexp_full_match(${t}_base, ${literal(relay)})`,
			[`${t}_e164`]: `case
				when regexp_full_match(${t}_base, '${MOBILE}') then '+86' || right(${t}_base, 11)
				when regexp_full_match(${t}_base, ${literal(relay)}) then '+86' || regexp_extract(${t}_base, ${literal(`^${relay}$`)}, 1)
				when regexp_full_match(${t}_base, '${LANDLINE}') then '+86' || regexp_extract(${t}_base, '^${LANDLINE}$', 1)
				when regexp_full_match(${t}_base, '${FOREIGN}') then '+' || regexp_extract(${t}_base, '^${FOREIGN}$', 1)
			end`
		},
		{
			[t + STATUS]: `case
				when ${t} is null then null
				when ${isOneOf(digits, FAKE_PHONES)} or replace(${digits}, left(${digits}, 1), '') = ''
					or (length(${digits}) >= 8 and replace(right(${digits}, 8), right(${digits}, 1), '') = '') then 'placeholder'
				when ${t}_e164 is null then 'invalid'
				when ${t}_ext <> '' or ${t}_relay then 'relay'
				else 'ok'
			end`,
			[t + VALUE]: `coalesce(${t}_e164 || case when ${t}_ext = '' then '' else 'x' || ${t}_ext end, ${t}_clean)`,
			[t + MASKED]: `case
				when ${t} is null then null
				when ${t}_e164 like '+86%' then left(${national}, 3) || '****' || right(${national}, 4) || case when ${t}_ext = '' then '' else 'x****' end
				when ${t}_e164 is not null then left(${t}_e164, 3) || '****' || right(${t}_e164, 2)
				when length(${t}_clean) > 6 then '****' || right(${t}_clean, 2)
				else '****'
			end`
		}
	];
}

function email(t: string): Layer[] {
	return [
		{ [t + VALUE]: `regexp_replace(replace(lower(${t}), '＠', '@'), '\\s', '', 'g')` },
		{
			[t + STATUS]: `case
				when ${t} is null then null
				when not regexp_full_match(${t}_value, '[^@]+@[^@.]+(?:\\.[^@.]+)*\\.[^@.]{2,}') then 'invalid'
				when regexp_matches(${t}_value, '^(test|none|null|no|noemail|na|unknown|abc|xxx|[0-9])@|@(example|test|none|invalid)\\.') then 'placeholder'
				else 'ok'
			end`,
			[t + MASKED]:
				`case when ${t} is null then null when position('@' in ${t}_value) > 1 then left(${t}_value, 1) || '***' || substr(${t}_value, position('@' in ${t}_value)) else '****' end`
		}
	];
}

/** Weights of the 17 positions, and letters as digits, of ISO 3779; the check digit itself (9th) weighs nothing. */
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

function vin(t: string): Layer[] {
	const sum = VIN_WEIGHTS.map((weight, i) => `${weight} * (ascii(substr(${t}_digits, ${i + 1}, 1)) - 48)`).join(' + ');
	return [
		{ [t + VALUE]: `regexp_replace(upper(${t}), '[\\s-]', '', 'g')` },
		{
			[`${t}_digits`]: `case when regexp_full_match(${t}_value, '[A-HJ-NPR-Z0-9]{17}') then translate(${t}_value, 'ABCDEFGHJKLMNPRSTUVWXYZ', '12345678123457923456789') end`
		},
		{
			[t + STATUS]: `case
				when ${t} is null then null
				when replace(${t}_value, left(${t}_value, 1), '') = '' then 'placeholder'
				when ${t}_digits is null then 'invalid'
				when substr('0123456789X', (${sum}) % 11 + 1, 1) = substr(${t}_value, 9, 1) then 'ok'
				else 'invalid'
			end`,
			[t + MASKED]:
				`case when ${t} is null then null when length(${t}_value) = 17 then left(${t}_value, 3) || '**********' || right(${t}_value, 4) else '****' end`
		}
	];
}

const NO_NAMES = ['测试', 'test', '先生', '女士', '小姐', '匿名', '匿名用户', '未知', '无', 'null', 'none', 'n/a', 'na', '客户', '用户'];

function personName(t: string): Layer[] {
	return [
		{ [t + VALUE]: `regexp_replace(${t}, '\\s+', ' ', 'g')` },
		{
			[t + STATUS]: `case
				when ${t} is null then null
				when ${isOneOf(`lower(${t}_value)`, NO_NAMES)} then 'placeholder'
				when not regexp_matches(${t}_value, '\\pL') then 'invalid'
				else 'ok'
			end`,
			[t + MASKED]: `left(${t}_value, 1) || repeat('*', least(greatest(length(${t}_value) - 1, 1), 2))`
		}
	];
}

function openid(t: string, scope: string): Layer[] {
	const own = `substr(${t}_value, position(':' in ${t}_value) + 1)`;
	const app = `left(${t}_value, position(':' in ${t}_value))`;
	return [
		{ [t + VALUE]: `case when position(':' in ${t}) > 1 then ${t} else ${literal(`${scope}:`)} || ltrim(${t}, ':') end` },
		{ [t + STATUS]: accountStatus(t, own), [t + MASKED]: `${app} || ${maskedAccount(own)}` }
	];
}

function account(t: string, value: string): Layer[] {
	return [{ [t + VALUE]: value }, { [t + STATUS]: accountStatus(t, `${t}_value`), [t + MASKED]: maskedAccount(`${t}_value`) }];
}

const NO_ACCOUNTS = ['null', 'undefined', 'unknown', 'none', 'nan', 'n/a', 'na'];

function accountStatus(t: string, value: string): string {
	return `case
		when ${t} is null then null
		when ${isOneOf(`lower(${value})`, NO_ACCOUNTS)} or regexp_full_match(${value}, '[0-]+') then 'placeholder'
		when length(${value}) < 3 then 'invalid'
		else 'ok'
	end`;
}

function maskedAccount(value: string): string {
	return `case when length(${value}) > 8 then left(${value}, 4) || '****' when ${value} is not null then '****' end`;
}
