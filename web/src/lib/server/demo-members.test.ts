import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { pointerOf } from '../../../../testing/pointer.ts';
import { roleChoices } from './demo-members.ts';

const home = mkdtempSync(join(tmpdir(), 'onelane-sign-in-'));
const waiting: ServerResponse[] = [];
/** A semantic layer that takes every question and answers none until it is told to. */
const layer = createServer((_, response) => void waiting.push(response));

afterAll(() => {
	layer.closeAllConnections();
	layer.close();
	vi.unstubAllEnvs();
	rmSync(home, { recursive: true, force: true });
});

test('a semantic layer that hangs keeps nobody waiting, and its late answer is there for the next', { timeout: 20_000 }, async () => {
	layer.listen(0, '127.0.0.1');
	await once(layer, 'listening');
	vi.stubEnv('ONELANE_HOME', home);
	vi.stubEnv('ONELANE_SECRET', 'x'.repeat(32));
	vi.stubEnv('SEMANTIC_URL', `http://127.0.0.1:${(layer.address() as AddressInfo).port}`);
	const pointer = pointerOf('v20260101T000000000Z', {
		default_period: 'all',
		days: { first: '2025-01-01', last: '2026-01-01', until: '2026-01-01' }
	});
	writeFileSync(join(home, 'current.json'), JSON.stringify(pointer));

	const began = Date.now();
	const without = await roleChoices();
	// Two seconds, and room for a busy machine; a question is given up after twenty.
	expect(Date.now() - began).toBeLessThan(8_000);
	expect(without.fault).toBe('away');
	expect(without.choices.map(({ role }) => role)).toContain('executive');
	expect(without.choices.every(({ members }) => members === null)).toBe(true);

	for (const response of waiting) {
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ results: [{ data: { members: ['leads.store_id'], columns: [['S1']] } }] }));
	}
	await vi.waitFor(async () => {
		const { fault, choices } = await roleChoices();
		expect(fault).toBeNull();
		expect(choices.find(({ role }) => role === 'store_manager')?.members).toEqual([{ id: 'S1', zh: 'S1', en: 'S1' }]);
	});
});
