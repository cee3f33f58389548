/** Passwords that many people had: those of a published list that our rules would take, kept as hashes and not as words, and those made of favourites. */
import { createHash } from 'node:crypto';
import { isMadeOfFavourites } from './favourites.ts';
import list from './common-passwords.json' with { type: 'json' };

/** Of SHA-256, for each: about one good password in twenty million is taken for a common one. */
const BYTES = 5;

const hashOf = (normal: string): number => createHash('sha256').update(normal).digest().readUIntBE(0, BYTES);

let known: Set<number> | undefined;

/** Whatever the case of its letters. */
export function isCommon(password: string): boolean {
	known ??= new Set(unpacked(list.hashes));
	const like = likeness(password);
	return known.has(hashOf(like)) || isMadeOfFavourites(like);
}

/** What `hashes` in the file is for these passwords. */
export function packed(passwords: Iterable<string>): string {
	const hashes = [...new Set([...passwords].map((password) => hashOf(likeness(password))))].sort((a, b) => a - b);
	const bytes = Buffer.alloc(hashes.length * BYTES);
	for (const [index, hash] of hashes.entries()) bytes.writeUIntBE(hash, index * BYTES, BYTES);
	return bytes.toString('base64');
}

function* unpacked(hashes: string): Generator<number> {
	const bytes = Buffer.from(hashes, 'base64');
	for (let at = 0; at < bytes.length; at += BYTES) yield bytes.readUIntBE(at, BYTES);
}

const likeness = (password: string) => password.normalize('NFKC').toLowerCase();
