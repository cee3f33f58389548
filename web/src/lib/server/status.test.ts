import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pointerOf } from '../../../../testing/pointer.ts';
import { readStatusOf } from './status.ts';

const home = mkdtempSync(join(tmpdir(), 'onelane-status-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const pointer = pointerOf('v20260101T000000000Z');
const write = (text: string) => writeFileSync(join(home, 'current.json'), text);

test('nothing, then a version, also while its pointer is damaged, then nothing again', async () => {
	expect((await readStatusOf(home)).pointer).toBeNull();
	write(JSON.stringify(pointer));
	expect((await readStatusOf(home)).pointer).toEqual(pointer);
	for (const damaged of ['', '{"version":', '{"version":"v1"}', '\0\0']) {
		write(damaged);
		expect((await readStatusOf(home)).pointer).toEqual(pointer);
	}
	rmSync(join(home, 'current.json'));
	expect((await readStatusOf(home)).pointer).toBeNull();
});
