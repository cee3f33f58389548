/** Forms as they come in: strict, each field once, nothing that was not asked for. */
import { z } from 'zod';

/** Null when the form is not what the schema says; a field that comes several times is a list. */
export async function readForm<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema> | null> {
	const type = request.headers.get('content-type') ?? '';
	if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return null;
	const given = await request.formData();
	const fields: Record<string, string | string[]> = Object.create(null) as Record<string, never>;
	for (const key of new Set(given.keys())) {
		const all = given.getAll(key).map(String);
		fields[key] = all.length > 1 ? all : (all[0] ?? '');
	}
	const parsed = schema.safeParse({ ...fields });
	return parsed.success ? parsed.data : null;
}

/** A password as it was typed: no trimming. */
export const typedPassword = z.string().min(1).max(1000);
export const typedName = z.string().min(1).max(200);
/** Where to go afterwards; read with `localPath`. */
export const returnTo = z.string().max(4000).optional();
