import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { ROOT } from './context.ts';

function written(content: string): string {
	const file = join(mkdtempSync(join(tmpdir(), 'onelane-config-')), 'onelane.config.ts');
	writeFileSync(file, content);
	return file;
}

test("the project's own configuration loads", async () => {
	const { config, dir } = await loadConfig(undefined, ROOT);
	expect(config.timezone).toBe('Asia/Shanghai');
	expect(dir).toBe(ROOT);
});

test('a missing file is named', async () => {
	await expect(loadConfig('/nowhere/onelane.config.ts', ROOT)).rejects.toThrow('There is no configuration at /nowhere/onelane.config.ts');
});

test('a wrong field is named with what it must be', async () => {
	const file = written("export default { timezone: 'Mars/Olympus', sources: [{ kind: 'extracts', folder: 'x' }] };");
	await expect(loadConfig(file, ROOT)).rejects.toThrow(/timezone: is no time zone name/);
});

test('an unknown field is refused', async () => {
	const file = written("export default { sources: [{ kind: 'extracts', folder: 'x' }], speed: 'fast' };");
	await expect(loadConfig(file, ROOT)).rejects.toThrow(/speed/);
});

test('a file that does not parse says so', async () => {
	await expect(loadConfig(written('export default {'), ROOT)).rejects.toThrow('cannot be read as a configuration');
});

test('a file without default export says how to end it', async () => {
	await expect(loadConfig(written('export const config = {};'), ROOT)).rejects.toThrow('export default defineConfig');
});
