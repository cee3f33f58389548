import { randomBytes } from 'node:crypto';

/** "v_…": text that tells its kind and cannot be guessed. */
export function newId(kind: string): string {
	return `${kind}_${randomBytes(12).toString('base64url')}`;
}
