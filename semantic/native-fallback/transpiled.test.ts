import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepTranspiled, type Pools } from './transpiled.ts';

let made: string;
let folder: string;
let asked: string[];

beforeEach(() => {
	made = mkdtempSync(join(tmpdir(), 'onelane-transpiled-'));
	folder = made;
	asked = [];
});

afterEach(() => rmSync(made, { recursive: true, force: true }));

function poolOf(version = '1', errors: string[] = [], script = '/x/transpilers/transpiler_worker') {
	const pools: Pools = {
		pool: () => ({
			exec: (method, [given]) => {
				const content = given?.['content'] as string;
				asked.push(content);
				return Promise.resolve({ content: `${method} of ${content}`, errors, warnings: [] });
			}
		})
	};
	keepTranspiled(folder, pools, version);
	return pools.pool(script);
}

const data = { content: 'a', cubeNames: ['a'] };
const answer = { content: 'yaml of a', errors: [], warnings: [] };

test('what was made once is answered from the folder, by another process too', async () => {
	expect(await poolOf().exec('yaml', [data])).toEqual(answer);
	expect(await poolOf().exec('yaml', [data])).toEqual(answer);
	expect(asked).toEqual(['a']);
	expect(readdirSync(folder).length).toBe(1);
});

test('whatever goes in makes a difference, and so does the version of Cube', async () => {
	await poolOf().exec('yaml', [data]);
	await poolOf().exec('js', [data]);
	await poolOf().exec('yaml', [{ ...data, cubeNames: ['a', 'b'] }]);
	await poolOf('2').exec('yaml', [data]);
	expect(asked.length).toBe(4);
});

test('what is wrong is told each time, and other pools are left alone', async () => {
	for (const _ of [1, 2]) expect((await poolOf('1', ['no']).exec('yaml', [data])).errors).toEqual(['no']);
	for (const _ of [1, 2]) await poolOf('1', [], '/x/other').exec('yaml', [data]);
	expect(asked.length).toBe(4);
	expect(readdirSync(folder)).toEqual([]);
});

test('where nothing can be kept it is made each time', async () => {
	writeFileSync(join(folder, 'file'), '');
	folder = join(folder, 'file');
	expect(await poolOf().exec('yaml', [data])).toEqual(answer);
	expect(await poolOf().exec('yaml', [data])).toEqual(answer);
	expect(asked.length).toBe(2);
});
