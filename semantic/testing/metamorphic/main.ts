/** `node semantic/testing/metamorphic/main.ts --home <home> [--scopes n] [--rounds n] [--seed n]`: prints one line of JSON, exits 0 or 1. */
import '../../native-fallback/install.ts';
import { parseArgs } from 'node:util';
import { runMetamorphic } from './run.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { home: text, scopes: text, rounds: text, seed: text } });
const began = performance.now();
try {
	const counts = await runMetamorphic({
		home: values.home ?? '',
		scopes: Number(values.scopes ?? 40),
		rounds: Number(values.rounds ?? 1500),
		seed: Number(values.seed ?? 1),
		tell: (said) => process.stderr.write(`${said}\n`)
	});
	process.stdout.write(`${JSON.stringify({ ...counts, seconds: Math.round((performance.now() - began) / 1000) })}\n`);
	process.exit(0);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
}
