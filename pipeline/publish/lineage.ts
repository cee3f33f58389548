/** A small lineage file for a version, from dbt's manifest, the tests of the build and the sizes of its tables. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { lineageOwner, type Lineage, type LineageTable } from '../../contracts/lineage.ts';
import type { TestResult } from '../run-results.ts';
import type { TableSize } from '../warehouse/warehouse.ts';

const node = z.object({
	name: z.string(),
	resource_type: z.string(),
	description: z.string().nullish(),
	fqn: z.array(z.string()).default([]),
	config: z.object({ meta: z.record(z.string(), z.unknown()).nullish() }).nullish(),
	depends_on: z.object({ nodes: z.array(z.string()).optional() }).optional()
});
const source = z.object({ source_name: z.string(), name: z.string(), description: z.string().nullish() });
const manifest = z.object({ nodes: z.record(z.string(), node), sources: z.record(z.string(), source) });

const LAYERS: Record<string, LineageTable['layer']> = { staging: 'staging', intermediate: 'intermediate', marts: 'mart' };
/** Its models say which rows are built, and nothing of what is in them. */
const INCREMENT_FOLDER = 'increment';

/** @param sizes rows by table name */
export function lineageOf(
	version: string,
	manifestText: string,
	tests: readonly Pick<TestResult, 'model' | 'status'>[],
	sizes: ReadonlyMap<string, number>,
	rollups: readonly string[] = []
): Lineage {
	const { nodes, sources } = manifest.parse(JSON.parse(manifestText));
	const kept = Object.entries(nodes).filter(
		([, each]) => (each.resource_type === 'model' || each.resource_type === 'seed') && !each.fqn.includes(INCREMENT_FOLDER)
	);
	const nameOf = new Map([
		...kept.map(([id, each]) => [id, each.name] as const),
		...Object.entries(sources).map(([id, each]) => [id, `${each.source_name}.${each.name}`] as const)
	]);
	const counted = (name: string, passed: boolean) =>
		tests.filter((test) => test.model === name && (test.status === 'pass') === passed).length;
	const own = kept.map(([, each]): LineageTable => {
		const { owner, description_zh: chinese, slice } = each.config?.meta ?? {};
		return {
			name: each.name,
			layer: each.resource_type === 'seed' ? 'seed' : (each.fqn.map((part) => LAYERS[part]).find(Boolean) ?? 'mart'),
			description: each.description ?? '',
			...(typeof chinese === 'string' ? { description_zh: chinese } : {}),
			owner: lineageOwner.parse(owner ?? null),
			// After an increment it holds a slice, whose size says nothing.
			rows: slice === 'passing' ? null : (sizes.get(each.name) ?? null),
			parents: (each.depends_on?.nodes ?? []).flatMap((id) => nameOf.get(id) ?? []),
			tests: { passed: counted(each.name, true), failed: counted(each.name, false) }
		};
	});
	const from = Object.entries(sources).map(([id, each]): LineageTable => ({
		name: nameOf.get(id) ?? each.name,
		layer: 'source',
		description: each.description ?? '',
		owner: null,
		rows: null,
		parents: [],
		tests: { passed: 0, failed: 0 }
	}));
	// A rollup is named after the table that it sums up.
	const above = rollups.map((name): LineageTable => {
		const of = own.filter((each) => name.startsWith(`${each.name}_`)).sort((a, b) => b.name.length - a.name.length)[0];
		return {
			name,
			layer: 'rollup',
			description: '',
			owner: null,
			rows: sizes.get(name) ?? null,
			parents: of ? [of.name] : [],
			tests: { passed: 0, failed: 0 }
		};
	});
	return { version, tables: [...own, ...above, ...from] };
}

/** @param manifestFile of the build that made the version */
export function readLineage(version: string, manifestFile: string, tests: readonly TestResult[], tables: readonly TableSize[]): Lineage {
	const sizes = new Map(tables.map(({ name, rows }) => [name, rows]));
	const rollups = tables.filter(({ rollup }) => rollup).map(({ name }) => name);
	return lineageOf(version, readFileSync(manifestFile, 'utf8'), tests, sizes, rollups);
}
