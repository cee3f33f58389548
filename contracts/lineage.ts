/** Where a version's tables come from: published beside it, so that a reader can walk from a figure back to its sources. */
import { z } from 'zod';
import { VERSIONS_FOLDER } from './pointer.ts';

const owner = z.union([z.string().min(1), z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })]).nullable();
/** What meta says of an owner; what is neither a name nor a name in each language is nobody. */
export const lineageOwner = owner.catch(null);

const table = z.strictObject({
	name: z.string(),
	layer: z.enum(['source', 'seed', 'staging', 'intermediate', 'mart', 'rollup']),
	/** What it holds and at which grain; empty where nobody said. */
	description: z.string(),
	/** The same in Chinese; absent where nobody wrote it. */
	description_zh: z.string().optional(),
	/** Who answers for it, in each language or in one for all; null where nobody is named. */
	owner,
	/** Rows in the version; null for what a version does not hold. */
	rows: z.number().int().nullable(),
	/** Names of the tables that it is made of. */
	parents: z.array(z.string()),
	tests: z.strictObject({ passed: z.number().int(), failed: z.number().int() })
});
export type LineageTable = z.infer<typeof table>;

export const lineage = z.strictObject({ version: z.string(), tables: z.array(table) });
export type Lineage = z.infer<typeof lineage>;

/** Relative to the home. */
export function lineageFile(version: string): string {
	return `${VERSIONS_FOLDER}/${version}.lineage.json`;
}
