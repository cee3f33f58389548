/** Forms through a schema: small, of text only, each field once, none that is not known. */
import { error } from '@sveltejs/kit';
import type { z } from 'zod';

const MAX_BYTES = 20_000;
const MAX_FIELDS = 50;

/** Throws the page error 400, 413 or 415 with a sentence; nothing of the form is used then. */
export async function readForm<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
	const type = request.headers.get('content-type') ?? '';
	if (!/^application\/x-www-form-urlencoded\b/i.test(type)) error(415, 'Send this as a form.');
	if (Number(request.headers.get('content-length') ?? 0) > MAX_BYTES) error(413, 'The form is too large.');
	const result = schema.safeParse(plain(await fieldsOf(request)));
	if (!result.success) {
		const [issue] = result.error.issues;
		error(400, `The form can't be read at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`);
	}
	return result.data;
}

async function fieldsOf(request: Request): Promise<FormData> {
	try {
		return await request.formData();
	} catch {
		error(400, "The form can't be read.");
	}
}

/** Without a prototype, so that no field's name means anything by itself. */
function plain(form: FormData): Record<string, string> {
	const fields = Object.create(null) as Record<string, string>;
	const entries = [...form];
	if (entries.length > MAX_FIELDS) error(400, 'The form has too many fields.');
	for (const [name, value] of entries) {
		if (typeof value !== 'string') error(400, 'Files are not taken.');
		if (name in fields) error(400, 'A field is given twice.');
		fields[name] = value;
	}
	return fields;
}

/** For addresses that programs and scripts make: a parameter that is not known, or given twice, is a mistake to be told. */
export function onlyParameters({ searchParams }: URL, known: readonly string[]): void {
	for (const name of searchParams.keys()) {
		if (!known.includes(name)) error(400, `There is no parameter "${name.slice(0, 40)}" here; there is ${known.join(', ')}.`);
		if (searchParams.getAll(name).length > 1) error(400, `The parameter "${name}" is given twice.`);
	}
}
