/** Keys for single purposes, made from ONELANE_SECRET, so that what leaks in one place opens no other. */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface Keys {
	/** Signs the audit log. */
	audit: Buffer;
	/** Hides names that were typed at sign-in and belong to nobody. */
	names: Buffer;
}

export function deriveKeys(secret: string | Uint8Array): Keys {
	const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `onelane ${purpose}`, 32));
	return { audit: derive('audit log'), names: derive('names at sign-in') };
}

export const hmac = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** 256 random bits, so that a plain hash of it can be kept. */
export const newSecretValue = (): string => randomBytes(32).toString('base64url');
export const hashOf = (value: string): string => createHash('sha256').update(value).digest('hex');
