/** Forms and parameters as they come in, through a schema: small, of text only, nothing that is not known. */
import { error } from '@sveltejs/kit';
import { z } from 'zod';

/** A scope may name thousands of stores, each a value of one field. */
const MAX_BYTES = 200_000;
const MAX_FIELDS = 200;

/** A password as it was typed: no trimming. */
export const typedPassword = z.string().min(1).max(1000);
export const typedName = z.string().min(1).max(200);
/** Where to go afterwards; read with `localPath`. */
export const returnTo = z.string().max(4000).optional();

class FormFault extends Error {
	readonly status: 400 | 413 | 415;
	constructor(status: 400 | 413 | 415, message: string) {
		super(message);
		this.status = status;
	}
}

/** For pages, which say so beside the form: null when the form is not what the schema says. */
export async function readForm<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema> | null> {
	try {
		return await parsed(request, schema);
	} catch (caught) {
		if (caught instanceof FormFault) return null;
		throw caught;
	}
}

/** For addresses without a page: throws the page error 400, 413 or 415 with a sentence; nothing of the form is used then. */
export async function requireForm<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
	try {
		return await parsed(request, schema);
	} catch (caught) {
		if (caught instanceof FormFault) error(caught.status, caught.message);
		throw caught;
	}
}

async function parsed<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
	const type = request.headers.get('content-type') ?? '';
	if (!/^application\/x-www-form-urlencoded\b/i.test(type)) throw new FormFault(415, 'Send this as a form.');
	if (Number(request.headers.get('content-length') ?? 0) > MAX_BYTES) throw new FormFault(413, 'The form is too large.');
	const result = schema.safeParse(fieldsOf(await formOf(request)));
	if (!result.success) {
		const [issue] = result.error.issues;
		throw new FormFault(400, `The form can't be read at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`);
	}
	return result.data;
}

async function formOf(request: Request): Promise<FormData> {
	try {
		return await request.formData();
	} catch {
		throw new FormFault(400, "The form can't be read.");
	}
}

/** Without a prototype, so that no field's name means anything by itself. A field that comes several times is a list, which the schema must want. */
function fieldsOf(form: FormData): Record<string, string | string[]> {
	const names = new Set(form.keys());
	if (names.size > MAX_FIELDS) throw new FormFault(400, 'The form has too many fields.');
	const fields = Object.create(null) as Record<string, string | string[]>;
	for (const name of names) {
		const values = form.getAll(name).map((value) => {
			if (typeof value !== 'string') throw new FormFault(400, 'Files are not taken.');
			return value;
		});
		fields[name] = values.length > 1 ? values : (values[0] ?? '');
	}
	return fields;
}

/** For addresses that programs and scripts make: a parameter that is not known, or given twice, is a mistake to be told. */
export function onlyParameters({ searchParams }: URL, known: readonly string[]): void {
	const wrong = wrongParameter(searchParams, known);
	if (wrong !== null) error(400, wrong);
}

/** Null, or a sentence. */
export function wrongParameter(searchParams: URLSearchParams, known: readonly string[]): string | null {
	for (const name of searchParams.keys()) {
		if (!known.includes(name))
			return `There is no parameter "${name.slice(0, 40)}" here${known.length > 0 ? `; there is ${known.join(', ')}` : ''}.`;
		if (searchParams.getAll(name).length > 1) return `The parameter "${name}" is given twice.`;
	}
	return null;
}
