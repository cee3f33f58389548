/**
 * Fields of a resource: zod schemas that also carry a type, a meaning and a personal-data class.
 *
 * The loader never runs these schemas row by row. It reads the registered {@link FieldInfo} and compiles the
 * whole contract to SQL (see contract.ts); zod keeps the definition in one typed place.
 */
import { z } from 'zod';

/** Types that are stored as they are, cast in SQL. */
export type PlainType = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'timestamp';

/** Types that point at a person: normalised and hashed at the door, see identifiers.ts and domain rule "One customer". */
export type ProtectedType =
	'phone' | 'email' | 'unionid' | 'openid' | 'device_id' | 'anonymous_id' | 'wecom_external_userid' | 'vin' | 'person_name';

export type FieldType = PlainType | ProtectedType;

/** none: no person in it. pseudonym: points at a device or account. identity: names or reaches a person. */
export type PersonalClass = 'none' | 'pseudonym' | 'identity';

export interface FieldInfo {
	type: FieldType;
	meaning: string;
	personal: PersonalClass;
	/** Allowed values of a text field; anything else sends the row to quarantine. */
	values?: readonly string[];
	/** Smallest allowed value of a number field. */
	min?: number;
}

export const fieldInfo = z.registry<FieldInfo>();

const PERSONAL: Record<ProtectedType, PersonalClass> = {
	phone: 'identity',
	email: 'identity',
	unionid: 'pseudonym',
	openid: 'pseudonym',
	device_id: 'pseudonym',
	anonymous_id: 'pseudonym',
	wecom_external_userid: 'pseudonym',
	vin: 'identity',
	person_name: 'identity'
};

export function isProtected(type: FieldType): type is ProtectedType {
	return type in PERSONAL;
}

function plain(type: PlainType, meaning: string, more: Pick<FieldInfo, 'values' | 'min'> = {}) {
	return z.string().register(fieldInfo, { type, meaning, personal: 'none', ...more });
}

export const text = (meaning: string) => plain('text', meaning);
export const oneOf = (values: readonly string[], meaning: string) => plain('text', meaning, { values });
/** A whole number of 0 or more unless `min` says otherwise. */
export const integer = (meaning: string, min = 0) => plain('integer', meaning, { min });
/** An exact decimal(18,2) of 0 or more unless `min` says otherwise; money is in the brand's currency (CNY by default). */
export const decimal = (meaning: string, min = 0) => plain('decimal', meaning, { min });
export const boolean = (meaning: string) => plain('boolean', meaning);
/** A calendar date as the source wrote it, in the business time zone. */
export const date = (meaning: string) => plain('date', meaning);
/** An instant. Text without an offset is read in the source's time zone; stored as naive UTC. */
export const timestamp = (meaning: string) => plain('timestamp', meaning);

/** A field that points at a person. Raw keeps `<field>_hash`, `<field>_masked`, `<field>_status`, never the value. */
export function identifier(type: ProtectedType, meaning: string) {
	return z.string().register(fieldInfo, { type, meaning, personal: PERSONAL[type] });
}
