/** Starts one emulator for all tests of the project `bigquery`; without it they are skipped, and say so. */
import type { TestProject } from 'vitest/node';
import { hasEmulator, startEmulator } from './emulator.ts';

declare module 'vitest' {
	export interface ProvidedContext {
		/** Address of the emulator's proxy; null where there is none. */
		bigQueryEndpoint: string | null;
		/** Address of the emulator itself, for a proxy of one's own. */
		bigQueryDirect: string | null;
	}
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const emulator = hasEmulator() ? await startEmulator() : undefined;
	project.provide('bigQueryEndpoint', emulator?.endpoint ?? null);
	project.provide('bigQueryDirect', emulator?.direct ?? null);
	return async () => emulator?.stop();
}
