/** The benchmark: a demo brand of the asked size, the same at a multiple of it, and the answers of the semantic layer. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../contracts/config.ts';
import { config as schema } from '../contracts/config.ts';
import type { Context } from '../pipeline/context.ts';
import type { Progress } from '../pipeline/progress.ts';
import { type Figure, describeBudgets, describeFigures, within } from './budgets.ts';
import { measureMartCopies, measureRawCopies } from './copies.ts';
import { measureSize } from './size.ts';
import { measureSemantic } from './semantic.ts';

export interface BenchOptions {
	context: Context;
	customers: number;
	/** The build is measured at this multiple too; 1: it is not. */
	times: number;
	/** Copies of what was landed, built and asked; 1: none. */
	copies: number;
	/** Copies of the marts, asked; 1: none. */
	martCopies: number;
	progress: Progress;
}

export interface BenchResult {
	customers: number;
	figures: (Figure & { within: boolean | null })[];
	seconds: number;
}

export async function runBench({ context, customers, times, copies, martCopies, progress }: BenchOptions): Promise<BenchResult> {
	const began = Date.now();
	mkdirSync(join(context.home, 'bench'), { recursive: true });
	const scratch = mkdtempSync(join(context.home, 'bench', 'run-'));
	const figures: Figure[] = [];
	try {
		const first = await measureSize({ context, scratch, customers, progress });
		figures.push(...first.figures, ...(await measureSemantic(first.context, progress, `${customers.toLocaleString('en')} customers`)));
		if (copies > 1) figures.push(...(await measureRawCopies({ context: first.context, scratch, copies, progress })));
		if (martCopies > 1) figures.push(...(await measureMartCopies({ context: first.context, scratch, copies: martCopies, progress })));
		if (times > 1) {
			const larger = await measureSize({ context, scratch, customers: customers * times, progress });
			const growth = larger.buildSeconds / first.buildSeconds;
			// Twice the data may take 2.2 times as long; so ten times it 2.2 to the power of log2(10).
			const most = 2.2 ** Math.log2(times);
			figures.push(...larger.figures, {
				group: 'build',
				what: `${times} times the data: build takes … as long`,
				value: growth,
				unit: 'ratio',
				budget: { most: Number(most.toFixed(1)) }
			});
		}
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
	return { customers, figures: figures.map((figure) => ({ ...figure, within: within(figure) })), seconds: (Date.now() - began) / 1000 };
}

export function describeBench({ figures, seconds }: Pick<BenchResult, 'figures' | 'seconds'>): string {
	return `${describeFigures(figures)}\n${describeBudgets(figures, `; the benchmark took ${Math.round(seconds)} s.`)}`;
}

export function benchConfig(folder: string): Config {
	return schema.parse({ sources: [{ kind: 'extracts', folder }] });
}
