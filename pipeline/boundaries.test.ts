/** The rooms of the house and who may know whom. The dependency of one room on another is a decision, not an accident. */
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Rooms that each room's own code may import. Its tests may use more. */
const MAY_IMPORT: Record<string, readonly string[]> = {
	contracts: [],
	'app-state': ['contracts'],
	ingestion: ['contracts'],
	semantic: ['contracts'],
	// web/server.ts serves what was built from web.
	web: ['contracts', 'app-state', 'build'],
	// Its lanes start what tests stand on.
	pipeline: ['contracts', 'app-state', 'ingestion', 'bench', 'testing'],
	// The answer line is measured by the functions that the pages call.
	bench: ['contracts', 'ingestion', 'pipeline', 'testing', 'web'],
	// What tests and benchmarks of several rooms stand on: never what is tested.
	testing: ['contracts'],
	examples: ['contracts']
};

const IMPORT = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

function sourceFiles(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return (
		readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.(ts|mjs|svelte)$/.test(name) && !/node_modules|\.svelte-kit|(^|\/)build\/|(^|\/)e2e\//.test(name))
			// Tests, and what only they stand on.
			.filter((name) => !/\.test\.ts$|^integration\//.test(name))
			.map((name) => join(folder, name))
	);
}

function importsOf(file: string): string[] {
	return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map((match) => match[1] ?? '');
}

/** Room that a relative import leads into, or null for packages and aliases of the same room. */
function roomOf(file: string, specifier: string): string | null {
	if (!specifier.startsWith('.')) return null;
	return relative(ROOT, resolve(dirname(file), specifier)).split('/')[0] ?? null;
}

for (const [room, allowed] of Object.entries(MAY_IMPORT)) {
	test(`${room} imports only ${[room, ...allowed].join(', ')}`, () => {
		const strangers = sourceFiles(join(ROOT, room)).flatMap((file) =>
			importsOf(file)
				.map((specifier) => ({ specifier, to: roomOf(file, specifier) }))
				.filter(({ to }) => to !== null && to !== room && !allowed.includes(to))
				.map(({ specifier }) => `${relative(ROOT, file)} imports ${specifier}`)
		);
		expect(strangers).toEqual([]);
	});
}

test('web knows the HTTP API and no warehouse', () => {
	const offenders = sourceFiles(join(ROOT, 'web')).filter((file) =>
		importsOf(file).some((specifier) => /duckdb|@cubejs-backend/.test(specifier))
	);
	expect(offenders.map((file) => relative(ROOT, file))).toEqual([]);
});

test('what a browser loads knows other rooms by their types alone: a schema is two fifths of what a page may load', () => {
	const source = join(ROOT, 'web', 'src');
	const resolved = (file: string, specifier: string) =>
		specifier.startsWith('#lib/') ? join(source, 'lib', specifier.slice('#lib/'.length)) : resolve(dirname(file), specifier);
	const waiting = sourceFiles(source).filter((file) => /\.svelte$|\/\+(page|layout)\.ts$|\/hooks\.ts$/.test(file));
	const loaded = new Set<string>();
	const foreign: string[] = [];
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (loaded.has(file)) continue;
		loaded.add(file);
		for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/import(?! type )\s*[^;']*'([^']+)'/g)) {
			const isOurs = /^(\.|#lib\/)/.test(specifier);
			const to = resolved(file, specifier);
			if (isOurs && to.startsWith(source) && /\.(ts|svelte)$/.test(to)) waiting.push(to);
			else if (isOurs || specifier === 'zod') foreign.push(`${relative(ROOT, file)} imports ${specifier}`);
		}
	}
	expect(loaded.size).toBeGreaterThan(150);
	expect(foreign.filter((each) => !each.endsWith('.css'))).toEqual([]);
});
