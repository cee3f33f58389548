/** Passwords: what is accepted, and how it is kept (Argon2id, the parameters that OWASP names first). */
import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { isCommon } from './common-passwords.ts';
import { AccountError, type PasswordFault } from './refusal.ts';

const LEAST = 12;
const MOST = 200;
const FEWEST_DIFFERENT = 5;

const ARGON2ID = 2 as Algorithm.Argon2id;
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$';

/** The same characters typed on different keyboards are the same password. */
const normal = (password: string) => password.normalize('NFKC');

/** What is wrong with a new password, or null. Length counts, kinds of characters do not. */
export function passwordFault(password: string, names: readonly string[]): PasswordFault | null {
	const value = normal(password);
	const letters = [...value];
	if (letters.length < LEAST) return 'short';
	if (letters.length > MOST) return 'long';
	if (new Set(letters).size < FEWEST_DIFFERENT) return 'plain';
	const lower = value.toLowerCase();
	if (names.some((name) => name.length >= 3 && lower.includes(name.toLowerCase()))) return 'name';
	return isCommon(value) ? 'common' : null;
}

const SENTENCES: Record<PasswordFault, string> = {
	short: `A password has at least ${LEAST} characters.`,
	long: `A password has at most ${MOST} characters.`,
	plain: `A password has at least ${FEWEST_DIFFERENT} different characters.`,
	name: 'A password does not contain the name of its owner.',
	common: 'This password is one of those that many people use and that were published: choose another one.'
};

/** Of a new password. @throws AccountError */
export async function hashPassword(password: string, names: readonly string[]): Promise<string> {
	const fault = passwordFault(password, names);
	if (fault) throw new AccountError(fault, SENTENCES[fault]);
	return hashAsItIs(password);
}

/** Of a password that somebody has, whatever the rules were when it was chosen. */
export const hashAsItIs = (password: string): Promise<string> => hash(normal(password), PARAMETERS);

/** Takes as long for an account that does not exist or has no password as for one that has. */
export async function passwordFits(password: string, kept: string | null): Promise<boolean> {
	if ([...password].length > MOST) return false;
	const fits = await verify(kept ?? (await nobodys()), normal(password));
	return fits && kept !== null;
}

/** True for a hash that was made with other parameters than today's. */
export const isOutdated = (kept: string): boolean => !kept.startsWith(PREFIX);

let decoy: Promise<string> | undefined;
const nobodys = () => (decoy ??= hash('nobody has this password', PARAMETERS));
