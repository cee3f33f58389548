/**
 * A resource: one kind of record that a source delivers, with the contract that each of its rows must meet.
 * Vocabulary after dlt: resource, primary key, cursor, write disposition.
 */
import { z } from 'zod';
import { type FieldInfo, fieldInfo, isProtected } from './fields.ts';

/**
 * append: every row is new (no key). replace: the extract is the whole truth; keys missing from it get a tombstone.
 * merge: rows are versions of keyed records. Raw itself is append-only under all three.
 */
export type WriteDisposition = 'append' | 'replace' | 'merge';

export interface ResourceField extends FieldInfo {
	name: string;
	required: boolean;
}

export interface Resource {
	source: string;
	name: string;
	/** What one row is, as a sentence that ends with the grain. */
	description: string;
	/** Fields that identify a record. An optional field may be part of it; its absence is then a value of its own. */
	primaryKey: readonly string[];
	/** Field whose greatest landed value is the bookmark, and whose greatest value decides between versions of a record. */
	cursor: string;
	writeDisposition: WriteDisposition;
	/** Field that is true on a row which says that the record is gone. */
	tombstone?: string;
	fields: readonly ResourceField[];
}

interface Definition extends Omit<Resource, 'fields' | 'source' | 'name'> {
	schema: z.ZodObject;
}

/** Reads the schema once, and refuses a key or cursor that is not one of its fields. */
export function defineResource(source: string, name: string, definition: Definition): Resource {
	const { schema, ...rest } = definition;
	const fields = Object.entries(schema.shape).map(([field, type]) => describeField(source, name, field, type));
	const known = new Set(fields.map((field) => field.name));
	for (const field of [...rest.primaryKey, rest.cursor, ...(rest.tombstone ? [rest.tombstone] : [])]) {
		if (!known.has(field)) throw new Error(`Resource ${source}.${name} has no field "${field}".`);
	}
	if (rest.writeDisposition === 'replace' && !rest.tombstone) {
		throw new Error(`Resource ${source}.${name} is replaced whole: it needs a tombstone field to mark what is gone.`);
	}
	if (rest.primaryKey.some((key) => fields.some((field) => field.name === key && isProtected(field.type)))) {
		throw new Error(`Resource ${source}.${name} has a protected field in its key: raw would not keep it as one column.`);
	}
	return { source, name, ...rest, fields };
}

function describeField(source: string, resource: string, name: string, type: unknown): ResourceField {
	const required = !(type instanceof z.ZodOptional);
	const inner = type instanceof z.ZodOptional ? type.unwrap() : type;
	const info = fieldInfo.get(inner as z.ZodType);
	if (!info) {
		throw new Error(`Field ${source}.${resource}.${name} has no type and meaning: build it with the helpers of core/fields.ts.`);
	}
	return { name, required, ...info };
}

/** The table of a resource in schema `raw`. */
export function rawTable(resource: Pick<Resource, 'source' | 'name'>): string {
	return `${resource.source}__${resource.name}`;
}

/** How a resource is named in `_resource`, logs and reports: "crm.leads", whatever source feeds it. */
export function resourceName({ source, name }: Pick<Resource, 'source' | 'name'>): string {
	return `${source}.${name}`;
}
