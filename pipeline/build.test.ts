import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forgetOtherClone } from './build.ts';

test('what dbt keeps of a parse is used by the clone that parsed, and by no other', () => {
	const home = mkdtempSync(join(tmpdir(), 'onelane-build-'));
	try {
		const kept = join(home, 'dbt', 'target', 'partial_parse.msgpack');
		mkdirSync(join(home, 'dbt', 'target'), { recursive: true });
		// A home from before it was noted who parsed.
		writeFileSync(kept, '');
		forgetOtherClone(home, '/srv/onelane-1');
		expect(existsSync(kept)).toBe(false);
		writeFileSync(kept, '');
		forgetOtherClone(home, '/srv/onelane-1');
		expect(existsSync(kept)).toBe(true);
		forgetOtherClone(home, '/srv/onelane-2');
		expect(existsSync(kept)).toBe(false);
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
});
