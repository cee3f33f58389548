import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './context.ts';
import { billOfMaterials } from './sbom.ts';

const { components, bomFormat } = billOfMaterials(ROOT, '0.0.0');
const lines = (file: string) => readFileSync(join(ROOT, file), 'utf8').split('\n');
const addresses = new Set(components.map(({ purl }) => purl));

test('every package of the lock files is in the bill of materials, once', () => {
	expect(bomFormat).toBe('CycloneDX');
	expect(addresses.size).toBe(components.length);
	const { packages } = JSON.parse(lines('package-lock.json').join('\n')) as { packages: Record<string, { version: string }> };
	const locked = Object.entries(packages)
		.filter(([path]) => path !== '')
		.map(([path, { version }]) => `pkg:npm/${path.replace(/^.*node_modules\//, '').replace('@', '%40')}@${encodeURIComponent(version)}`);
	const pinned = ['requirements.lock', 'testing/bigquery/requirements.lock'].flatMap((file) =>
		lines(file)
			.filter((line) => /^[^\s#]/.test(line))
			.map((line) => line.split(/[\s;]/)[0] ?? '')
			.map((line) => `pkg:pypi/${line.replace(/\[.*\]/, '').replace('==', '@')}`)
	);
	expect(locked.length).toBeGreaterThan(900);
	expect(pinned.length).toBeGreaterThan(100);
	expect([...locked, ...pinned].filter((purl) => !addresses.has(purl))).toEqual([]);
	expect(addresses.size).toBe(new Set([...locked, ...pinned]).size);
});

test('it says what is needed to run, and with which hash and licence', () => {
	const of = (name: string) => components.find((one) => one.name === name);
	expect(of('zod')).toMatchObject({
		scope: 'required',
		hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) as string }],
		licenses: [{ license: { id: 'MIT' } }]
	});
	expect(of('@duckdb/node-api')?.purl).toMatch(/^pkg:npm\/%40duckdb\/node-api@/);
	expect(of('vitest')?.scope).toBe('excluded');
	expect(of('dbt-core')).toMatchObject({ scope: 'required' });
	expect(of('uvicorn')).toMatchObject({ scope: 'excluded' });
});

test('where the tests are not, their packages are not either', () => {
	const image = mkdtempSync(join(tmpdir(), 'onelane-sbom-'));
	try {
		for (const file of ['package-lock.json', 'requirements.lock']) copyFileSync(join(ROOT, file), join(image, file));
		const there = billOfMaterials(image, '0.0.0').components.map(({ name }) => name);
		expect(there).toContain('dbt-core');
		expect(there).not.toContain('uvicorn');
		rmSync(join(image, 'requirements.lock'));
		expect(() => billOfMaterials(image, '0.0.0')).toThrow('requirements.lock');
	} finally {
		rmSync(image, { recursive: true });
	}
});
