/**
 * Who was erased, as hashes and ids of records: a list beside the data, for a backup that is older than an erasure still holds the person.
 * Whoever restores it gives the latest list, and what is missing is erased again before anything of the backup is in its place.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PipelineError } from './errors.ts';
import { appendDurably } from './files.ts';

/** One line an erasure, oldest first; 0600, for the hashes lead to a person by whoever has ONELANE_ID_KEY. */
export const ERASED_FILE = 'erased-people.ndjson';

export const erasure = z.strictObject({
	/** HMAC of what was asked, under ONELANE_ID_KEY. */
	request: z.string(),
	by: z.enum(['customer', 'phone']),
	begun_at: z.iso.datetime(),
	person: z.strictObject({
		identifiers: z.array(z.strictObject({ type: z.string(), hash: z.string() })),
		records: z.array(z.strictObject({ resource: z.string(), record_id: z.string() }))
	})
});
export type Erasure = z.infer<typeof erasure>;

/** @throws PipelineError naming the line that is none: who is left out of the list would come back */
export function readErased(file: string): Erasure[] {
	const lines = readFileSync(file, 'utf8').split('\n');
	return lines.flatMap((line, index) => {
		if (line.trim() === '') return [];
		try {
			return [erasure.parse(JSON.parse(line))];
		} catch {
			throw new PipelineError(
				`${file} is no list of erased people: line ${index + 1} can't be read. Copy it again from where it was kept.`
			);
		}
	});
}

export const isSame = (one: Erasure, other: Erasure): boolean => one.request === other.request && one.begun_at === other.begun_at;

/** Those of `list` that a folder does not know to have been erased from it. */
export function missingIn(folder: string, list: readonly Erasure[]): Erasure[] {
	const file = join(folder, ERASED_FILE);
	const known = existsSync(file) ? readErased(file) : [];
	return list.filter((one) => !known.some((other) => isSame(one, other)));
}

/** Once, however often it is called for one erasure. */
export function keepErased(folder: string, { request, by, begun_at, person }: Erasure): void {
	const one = { request, by, begun_at, person };
	if (missingIn(folder, [one]).length > 0) appendDurably(join(folder, ERASED_FILE), one);
}
