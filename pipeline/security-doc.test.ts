/** docs/security.md answers each requirement of ASVS once, names tests that are there, and states the limits that the code has. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import common from '../app-state/accounts/common-passwords.json' with { type: 'json' };
import { MOST_PIECES } from '../app-state/accounts/favourites.ts';
import { LIMITS } from '../app-state/accounts/throttle.ts';
import { accountsConfig } from '../contracts/accounts.ts';
import { TOKEN } from '../contracts/claims.ts';
import { ROOT } from './context.ts';
/** ASVS 5.0.0: for each chapter its sections in order, for each section the levels of its requirements in order. */
import levels from './security-doc.levels.json' with { type: 'json' };

const source = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const text = source('docs/security.md');
/** `file` “name” */
const named = [...text.matchAll(/`([^`]+\.ts)` “([^”]+)”/g)].map(([, file = '', name = '']) => ({ file, name }));
const NAMED = /`[^`]+\.ts` “[^”]+”/;
const ANSWERS = ['built', 'does not apply', 'not covered'] as const;
type Answer = (typeof ANSWERS)[number] | 'tested';

interface Row {
	numbers: string[];
	answer: Answer;
	how: string;
}

const rows: Row[] = text
	.split('\n')
	.map((line) => /^\| (\d+\.\d+\.\d[^|]*) \|.*\| (.*) \|$/.exec(line))
	.filter((match) => match !== null)
	.map(([, numbers = '', how = '']) => ({
		numbers: numbers.split(', ').flatMap(expanded),
		answer: ANSWERS.find((answer) => how.startsWith(`${answer}: `)) ?? 'tested',
		how
	}));

/** "3.4.4–6": three requirements. */
function expanded(range: string): string[] {
	const [, section = '', first = '', last = first] = /^(\d+\.\d+)\.(\d+)(?:–(\d+))?$/.exec(range) ?? [];
	expect(section, `"${range}" is no number of a requirement`).not.toBe('');
	return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${section}.${Number(first) + index}`);
}

const published = Object.entries(levels).flatMap(([chapter, sections]) =>
	sections.flatMap((requirements, section) =>
		[...requirements].map((level, index) => ({ number: `${chapter}.${section + 1}.${index + 1}`, level, chapter }))
	)
);
/** Level 2 asks for what level 1 asks for; of level 3 authorisation alone is promised. */
const promised = published.filter(({ level, chapter }) => level !== '3' || chapter === '8').map(({ number }) => number);

test.each(named)('$file: $name', ({ file, name }) => {
	expect(existsSync(join(ROOT, file)), file).toBe(true);
	const code = source(file);
	const escaped = name.replaceAll("'", "\\'");
	// A name stands as a string, or as a template, behind a test.
	const quoted = [`'${name}'`, `'${escaped}'`, `\`${name}\``, `"${name}"`];
	expect(quoted.some((form) => code.includes(form))).toBe(true);
});

test('the list of requirements is that of ASVS 5.0.0', () => {
	const count = (level: string) => published.filter((one) => one.level === level).length;
	expect([count('1'), count('2'), count('3')]).toEqual([70, 183, 92]);
});

test('each requirement has one answer, in the order of the chapters', () => {
	const chapters = [...text.matchAll(/^\| \*\*V(\d+) /gm)].map(([, number]) => number);
	expect(chapters).toEqual(Object.keys(levels));
	const answered = rows.flatMap(({ numbers }) => numbers);
	expect(answered.filter((number, index) => answered.indexOf(number) !== index)).toEqual([]);
	expect(answered.filter((number) => !published.some((one) => one.number === number))).toEqual([]);
	expect(promised.filter((number) => !answered.includes(number))).toEqual([]);
});

test('a row without another answer names its tests', () => {
	expect(named.length).toBeGreaterThan(100);
	for (const { answer, how } of rows) if (answer === 'tested') expect(how).toMatch(NAMED);
});

test('the counts are right', () => {
	const count = (answer: Answer) =>
		rows.filter((row) => row.answer === answer).flatMap(({ numbers }) => numbers.filter((number) => promised.includes(number))).length;
	expect(text).toContain(`: ${promised.length} requirements,`);
	expect(text).toContain(
		`Counts: ${count('tested')} tested, ${count('built')} built, ${count('does not apply')} inapplicable, ${count('not covered')} not covered.`
	);
});

test('what this document says of limits is what the code has', () => {
	const { account, address, token } = LIMITS;
	const { idle_minutes, absolute_hours } = accountsConfig.parse({}).session;
	const passwords = source('app-state/accounts/passwords.ts');
	const constant = (code: string, name: string) =>
		Number(new RegExp(`\\b${name}\\b[^\\n]*?(?:=|:|\\|\\|) ?'?([\\d_]+)`).exec(code)?.[1]?.replaceAll('_', ''));
	const web = source('web/server.ts');
	const said = [
		`${account.failures} failures of an account name, then ${account.pause} seconds of pause that double up to ${account.longest / 60} minutes`,
		`${address.failures} of an address, then ${address.pause} seconds`,
		`${token.failures} wrong tokens of an address, then ${token.pause} seconds`,
		`${constant(passwords, 'LEAST')} to ${constant(passwords, 'MOST')} characters, ${constant(passwords, 'FEWEST_DIFFERENT')} of them different`,
		`none of a list of ${(Buffer.from(common.hashes, 'base64').length / 5).toLocaleString('en')};`,
		`not nothing but up to ${MOST_PIECES} favourites`,
		`Argon2id with ${constant(passwords, 'memoryCost')} KiB, ${constant(passwords, 'timeCost')} passes, ${constant(passwords, 'parallelism')} lane`,
		`end after ${idle_minutes} minutes without a request and after ${absolute_hours} hours in any case`,
		`one has signed in within ${constant(source('web/src/lib/server/session.ts'), 'FRESH_MINUTES')} minutes`,
		`${constant(source('web/src/lib/server/requests.ts'), 'MOST_PATH')} characters of address, ${constant(web, 'BODY_SIZE_LIMIT')} KiB of body`,
		`more than ${constant(web, 'WEB_REQUESTS')} at once`,
		`between the servers, ${TOKEN.seconds} seconds | ${TOKEN.algorithm} |`
	];
	for (const sentence of said) expect(text).toContain(sentence);
});
