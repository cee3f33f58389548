/** Reads the model's YAML and refuses what Cube would answer wrongly, without a word, on the fallback. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface ModelFile {
	/** Relative to the model's folder. */
	fileName: string;
	content: string;
}

export class ModelError extends Error {}

export const MODEL_FOLDER = join(import.meta.dirname, 'model');

/** What must not be in a model, and why. */
const REFUSED: readonly [RegExp, string][] = [
	[/\{\{|\}\}|\{%|%\}/, 'counts as a template, and one such file breaks every query: write the braces apart'],
	[/\btime_shift\b/, 'answers wrongly on joined dates: ask with compareDateRange'],
	[/count_distinct_approx/, 'is far off on DuckDB: use count_distinct'],
	[/allow_non_strict_date_range_match:\s*true/, 'answers ranges within a day wrongly']
];

/** @throws ModelError */
export function readModel(folder = MODEL_FOLDER): ModelFile[] {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.yml'))
		.sort()
		.map((name) => ({ fileName: name, content: readFileSync(join(folder, name), 'utf8') }));
	if (files.length === 0) throw new ModelError(`The model folder ${relative(process.cwd(), folder)} has no YAML file.`);
	for (const file of files) checkFile(file);
	return files;
}

const ROLLUPS = /\n {4}pre_aggregations:\n(?: {6}.*\n|\n)*/;

/** The same model without its rollups, for a version in which none were built: Cube would rather fail than read the facts. */
export function withoutRollups(files: readonly ModelFile[]): ModelFile[] {
	return files.map(({ fileName, content }) => ({ fileName, content: content.replace(ROLLUPS, '\n') }));
}

/** Up to this many values of a group the quantile is exact; beyond, GoogleSQL's estimate, which is off by a thousandth in rank. */
const EXACT_QUANTILE_VALUES = 1_000_000;

/**
 * The model over a dataset of BigQuery. Tables lose their schema, for the driver names the version's dataset with each statement; an exact
 * quantile, which GoogleSQL has as a window function only, becomes the function that the driver brings along; no rollups are kept there.
 */
export function onBigQuery(files: readonly ModelFile[]): ModelFile[] {
	return withoutRollups(files).map(({ fileName, content }) => ({
		fileName,
		content: content
			.replace(/^( {4}sql_table: )marts\./gm, '$1')
			.replace(
				/quantile_cont\((\{CUBE\}\.\w+), (0\.\d)\)/g,
				(_, column: string, share: string) =>
					`IF(COUNT(${column}) <= ${EXACT_QUANTILE_VALUES}, onelane_quantile(ARRAY_AGG(${column} IGNORE NULLS LIMIT ${EXACT_QUANTILE_VALUES}), ${share}), APPROX_QUANTILES(${column}, 1000)[OFFSET(${Number(share) * 1000})])`
			)
	}));
}

/** @throws ModelError */
export function checkFile({ fileName, content }: ModelFile): void {
	for (const [pattern, why] of REFUSED) {
		const [found] = pattern.exec(content) ?? [];
		if (found) throw new ModelError(`${fileName}: "${found}" ${why}.`);
	}
}
