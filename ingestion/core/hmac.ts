/**
 * HMAC-SHA-256 (RFC 2104) with the padded key prepared once: node's createHmac spends most of its time on
 * setting up a key that never changes here. Checked against createHmac and openssl in the test.
 */
import { hash } from 'node:crypto';

const BLOCK = 64;
const DIGEST = 32;

/** Returns a function from a text (UTF-8) to its HMAC in lower-case hex. */
export function hmacSha256(key: string): (text: string) => string {
	const block = Buffer.alloc(BLOCK);
	const bytes = Buffer.from(key, 'utf8');
	(bytes.length > BLOCK ? hash('sha256', bytes, 'buffer') : bytes).copy(block);
	const outer = Buffer.concat([block.map((byte) => byte ^ 0x5c), Buffer.alloc(DIGEST)]);
	let inner = Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.alloc(1024)]);
	return (text) => {
		const size = Buffer.byteLength(text);
		if (BLOCK + size > inner.length) inner = Buffer.concat([inner.subarray(0, BLOCK), Buffer.alloc(size)]);
		inner.write(text, BLOCK);
		hash('sha256', inner.subarray(0, BLOCK + size), 'buffer').copy(outer, BLOCK);
		return hash('sha256', outer, 'hex');
	};
}

export function sha256(text: string): string {
	return hash('sha256', text, 'hex');
}
