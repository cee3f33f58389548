/** docs/security.md names tests: each of them is there, under that name. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './context.ts';

const text = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');
/** `file` “name” */
const named = [...text.matchAll(/`([^`]+\.ts)` “([^”]+)”/g)].map(([, file = '', name = '']) => ({ file, name }));
const CHAPTERS = 17;

test.each(named)('$file: $name', ({ file, name }) => {
	expect(existsSync(join(ROOT, file)), file).toBe(true);
	const source = readFileSync(join(ROOT, file), 'utf8');
	const escaped = name.replaceAll("'", "\\'");
	// A name stands as a string, or as a template, behind a test.
	const quoted = [`'${name}'`, `'${escaped}'`, `\`${name}\``, `"${name}"`];
	expect(quoted.some((form) => source.includes(form))).toBe(true);
});

test('every chapter of ASVS has its rows, and every test file that a row names stands with a name', () => {
	const chapters = [...text.matchAll(/^\| \*\*V(\d+) /gm)].map(([, number]) => Number(number));
	expect(chapters).toEqual(Array.from({ length: CHAPTERS }, (_, index) => index + 1));
	expect(named.length).toBeGreaterThan(100);
	const rows = text.split('\n').filter((line) => /^\| \d/.test(line));
	for (const row of rows) expect(row).toMatch(/`[^`]+\.ts` “[^”]+”/);
});
