/** `node semantic/build-rollups.ts --file <unpublished.duckdb>`: builds the rollups of a version, prints one line of JSON, exits 0 or 1. */
import './native-fallback/install.ts';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildRollups } from './rollups/build.ts';

async function main(): Promise<number> {
	const { values } = parseArgs({ options: { file: { type: 'string' }, memory: { type: 'string' }, threads: { type: 'string' } } });
	if (!values.file || !existsSync(values.file)) {
		process.stderr.write(
			`Give --file with the DuckDB file of an unpublished version; ${values.file ? `${values.file} does not exist` : 'none was given'}.\n`
		);
		return 2;
	}
	const built = await buildRollups(values.file, values.memory, values.threads ? Number(values.threads) : undefined);
	process.stdout.write(`${JSON.stringify(built)}\n`);
	return 0;
}

// Cube leaves timers behind, so the process says itself when it is done.
main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	}
);
