/** What a backup says of itself: each file with its size and digest, and which id key its identifiers were hashed with. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { hmacSha256 } from '../../ingestion/core/hmac.ts';

export const MANIFEST = 'backup.json';

export const manifest = z.strictObject({
	format: z.literal(1),
	onelane: z.string(),
	created_at: z.iso.datetime(),
	/** Null: nothing was landed yet. */
	id_key_fingerprint: z.string().nullable(),
	files: z.array(
		z.strictObject({
			/** Relative, with forward slashes, inside the backup and inside the home. */
			path: z
				.string()
				.regex(/^[\w@.-]+(?:\/[^/\0]+)*$/)
				.refine((path) => !path.split('/').includes('..'), { message: 'leads elsewhere' }),
			bytes: z.number().int().min(0),
			sha256: z.string().regex(/^[0-9a-f]{64}$/)
		})
	)
});
export type Manifest = z.infer<typeof manifest>;

export async function digestOf(file: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(file), hash);
	return hash.digest('hex');
}

/** The fingerprint that landing keeps beside the identifiers. */
export async function fingerprintIn(folder: string): Promise<string | null> {
	const instance = await DuckDBInstance.create(join(folder, 'raw.duckdb'), { access_mode: 'READ_ONLY' });
	try {
		const connection = await instance.connect();
		const reader = await connection.runAndReadAll('select fingerprint from restricted.id_key');
		connection.closeSync();
		const found = reader.getRows()[0]?.[0];
		return found === undefined || found === null ? null : String(found);
	} finally {
		instance.closeSync();
	}
}

export const fingerprintOf = (idKey: string): string => hmacSha256(idKey)('onelane:key');
