import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasEmulator, PYTHON } from './emulator.ts';

test.skipIf(!hasEmulator())('what is looked up in the catalog is what the emulator itself finds there, after each kind of change', () => {
	const folder = mkdtempSync(join(tmpdir(), 'onelane-lookups-'));
	try {
		const said = execFileSync(PYTHON, [join(import.meta.dirname, 'lookups_check.py'), folder], { stdio: ['ignore', 'pipe', 'pipe'] });
		const { asked, answered, differing } = JSON.parse(said.toString()) as { asked: number; answered: number; differing: unknown[] };
		expect(differing).toEqual([]);
		expect(asked).toBeGreaterThan(250);
		expect(answered).toBe(4);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
