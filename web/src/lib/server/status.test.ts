import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readStatusOf } from './status.ts';

const home = mkdtempSync(join(tmpdir(), 'onelane-status-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const pointer = {
	version: 'v20260101T000000000Z',
	file: 'versions/v20260101T000000000Z.duckdb',
	built_at: '2026-01-01T00:00:00.000Z',
	timezone: 'UTC',
	currency: 'CNY',
	brand: { name_zh: '甲', name_en: 'A' },
	default_period: 'all',
	previous: [],
	freshness: []
};
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
