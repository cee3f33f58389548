/** A change of policy in the configuration is in the audit log once: when it is first seen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listAudit, verifyAudit } from '../app-state/index.ts';
import { config } from '../contracts/config.ts';
import { notePolicy, withState } from './app-state.ts';
import { readContext } from './context.ts';
import { silent } from './progress.ts';

const home = mkdtempSync(join(tmpdir(), 'onelane-policy-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('a minimum group that is set, changed or lifted is noted with what holds now; one that stays is not', async () => {
	const context = readContext({ ...process.env, ONELANE_HOME: home });
	const starts = async (minimum_group?: { size: number; roles: string[]; views: string[] }) => {
		const { accounts, privacy } = config.parse({ sources: [{ kind: 'extracts', folder: 'extracts' }], privacy: { minimum_group } });
		await notePolicy({ context, progress: silent }, { accounts, minimumGroup: privacy.minimum_group });
	};
	const five = { size: 5, roles: ['marketing', 'store_manager'], views: ['leads'] };
	await starts();
	await starts(five);
	await starts(five);
	await starts({ ...five, size: 10 });
	await starts({ ...five, size: 10, views: ['leads', 'orders'] });
	await starts();

	const { entries, checked } = await withState(context, async (state) => ({
		entries: await listAudit(state, { action: 'policy.changed' }),
		checked: await verifyAudit(state)
	}));
	const groups = entries.filter(({ target }) => target === 'small groups').reverse();
	expect(groups.map(({ detail }) => [detail['size'], detail['roles'], detail['views']])).toEqual([
		[null, '', ''],
		[5, 'marketing, store_manager', 'leads'],
		[10, 'marketing, store_manager', 'leads'],
		[10, 'marketing, store_manager', 'leads, orders'],
		[null, '', '']
	]);
	expect(groups.every(({ address }) => address === 'command line')).toBe(true);
	// The way people sign in stayed as it was at the first start.
	expect(entries.filter(({ target }) => target === 'sign-in')).toHaveLength(1);
	expect(checked.broken).toBeNull();
});
