/** What stands nowhere in the source, so that what docs/security.md says holds by how the house is built. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './context.ts';

const ROOMS = ['contracts', 'app-state', 'ingestion', 'semantic', 'pipeline', 'web/src'];
/** Tests, what stands in for people and providers, and packages. */
const ASIDE = /\.test\.ts$|(^|\/)(node_modules|integration|testing|\.svelte-kit|build)\//;

interface Source {
	file: string;
	text: string;
}

const sources: Source[] = ROOMS.flatMap((room) =>
	readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(ts|mjs|svelte)$/.test(name) && !ASIDE.test(name))
		.map((name) => ({ file: `${room}/${name}`, text: readFileSync(join(ROOT, room, name), 'utf8') }))
);
const within = (room: string) => sources.filter(({ file }) => file.startsWith(room));
const having = (pattern: RegExp, of = sources) => of.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

test('no text becomes code, and no window listens to another', () => {
	expect(sources.length).toBeGreaterThan(300);
	expect(having(/\beval\(|new Function\(|document\.write|insertAdjacentHTML|\.(inner|outer)HTML\s*=[^=]/)).toEqual([]);
	expect(having(/postMessage|addEventListener\(\s*'message'|new WebSocket/, within('web/src'))).toEqual([]);
});

test('markup that is not escaped is written in two places, from templates of our own', () => {
	expect(having(/\{@html/).sort()).toEqual(['web/src/lib/charts/Chart.svelte', 'web/src/lib/island/Island.svelte']);
});

test('programs are started with a list of arguments and never through a shell', () => {
	const imported = sources.flatMap(({ text }) =>
		[...text.matchAll(/import \{([^}]*)\} from 'node:child_process'/g)].flatMap(([, names = '']) =>
			names.split(',').map((name) => name.trim())
		)
	);
	expect([...new Set(imported)].sort()).toEqual(['spawn', 'spawnSync', 'type ChildProcess']);
	expect(having(/from 'child_process'|\bshell: (?!false)/)).toEqual([]);
});

test('hashes are SHA-256, secrets are the system’s random bits, and nothing is encrypted by a hand of our own', () => {
	for (const { file, text } of sources)
		for (const [, algorithm] of text.matchAll(/create(?:Hash|Hmac)\('([^']+)'/g)) expect(algorithm, file).toBe('sha256');
	expect(having(/createCipher|createDecipher|publicEncrypt|generateKeyPair/)).toEqual([]);
	for (const room of ['app-state', 'web/src', 'semantic', 'contracts']) expect(having(/Math\.random/, within(room))).toEqual([]);
});

test('pages write to the log, line by line of JSON, and to nothing else', () => {
	expect(having(/console\.\w+\(|process\.std(out|err)/, within('web/src'))).toEqual([]);
});

test('a browser keeps one time of loading, the width of its window, and nothing of a reader’s', () => {
	expect(having(/localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open/, within('web/src')).sort()).toEqual([
		'web/src/lib/charts/window.ts',
		'web/src/lib/renewed.ts'
	]);
	const kept = (name: string, how: RegExp) => sources.find(({ file }) => file === name)?.text.match(how);
	expect(kept('web/src/lib/renewed.ts', /setItem\(.*/g)).toEqual(['setItem(KEY, String(Date.now()));']);
	expect(kept('web/src/lib/charts/window.ts', /(?:name|width) = .*|cookie = `[^;]*;/g)).toEqual([
		'name = cookieName(WINDOW_COOKIE, location);',
		'width = document.documentElement.clientWidth;',
		'cookie = `${name}=${width};'
	]);
});

test('password fields hide what is typed, and managers and the clipboard may fill them', () => {
	const fields = within('web/src').flatMap(({ file, text }) =>
		[...text.matchAll(/<(?:Field|input)\b[^>]*\bname="(?:password|present|again)"[^>]*>/g)].map(([tag]) => ({ file, tag }))
	);
	expect(fields.length).toBeGreaterThanOrEqual(4);
	for (const { file, tag } of fields) {
		expect(tag, file).toContain('type="password"');
		expect(tag, file).toMatch(/autocomplete="(current|new)-password"/);
	}
	expect(having(/onpaste|autocomplete="off" type="password"/, within('web/src'))).toEqual([]);
});

test('a page’s questions follow no redirect', () => {
	const text = sources.find(({ file }) => file === 'web/src/lib/server/semantic.ts')?.text ?? '';
	const requests = text.match(/\bfetch\(/g) ?? [];
	expect(requests.length).toBeGreaterThan(0);
	expect(text.match(/redirect: 'error'/g)).toHaveLength(requests.length);
});
