/** The state of a home, as commands use it. */
import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import { type Actor, type AppState, type AuditEntry, listAudit, openAppState, record } from '../app-state/index.ts';
import type { AccountsConfig } from '../contracts/accounts.ts';
import type { MinimumGroup } from '../contracts/sight.ts';
import type { Call } from './commands/shared.ts';
import { type Context, makeHome } from './context.ts';
import { sentence } from './errors.ts';
import { secretOf } from './secrets.ts';

/** Whoever may run the command is named by the operating system. */
function operator(): Actor {
	let name = 'unknown';
	try {
		name = userInfo().username;
	} catch {
		// An account without a name, as in some containers.
	}
	return { sub: 'command line', name, address: 'command line' };
}

/** @throws StateError when the state cannot be used */
export async function withState<T>({ home, environment }: Context, work: (state: AppState, by: Actor) => Promise<T>): Promise<T> {
	makeHome(home);
	const state = openAppState(home, { secret: secretOf('ONELANE_SECRET', environment) });
	try {
		return await work(state, operator());
	} finally {
		await state.close();
	}
}

/** For what has already happened: an audit log that cannot be written is said, and does not undo it. */
export async function note({ context, progress }: Pick<Call, 'context' | 'progress'>, entry: AuditEntry): Promise<void> {
	try {
		await withState(context, (state, by) => record(state, by, entry));
	} catch (error) {
		progress.line(`This was not written to the audit log: ${sentence(error)}`);
	}
}

/** How people sign in, and which groups are too small to be shown: what holds now is in the audit log whenever it differs from what was noted last. */
export async function notePolicy(
	call: Pick<Call, 'context' | 'progress'>,
	{ accounts, minimumGroup }: { accounts: AccountsConfig; minimumGroup?: MinimumGroup | undefined }
): Promise<void> {
	const roles = accounts.oidc?.roles.map(({ group, role }) => `${group} → ${role}`).join(', ') ?? '';
	const policies: { target: string; of: unknown; detail: NonNullable<AuditEntry['detail']> }[] = [
		{
			target: 'sign-in',
			of: accounts,
			detail: { passwords: accounts.passwords, oidc: accounts.oidc?.issuer ?? null, roles: roles.slice(0, 500) }
		},
		{
			target: 'small groups',
			of: minimumGroup ?? null,
			detail: { size: minimumGroup?.size ?? null, roles: minimumGroup?.roles.join(', ') ?? '', views: minimumGroup?.views.join(', ') ?? '' }
		}
	];
	try {
		await withState(call.context, async (state, by) => {
			for (const { target, of, detail } of policies) {
				const digest = createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 16);
				const known = (await listAudit(state, { action: 'policy.changed', about: target, limit: 50 })).find(
					(entry) => entry.target === target
				);
				if (known?.detail['digest'] !== digest)
					await record(state, by, { action: 'policy.changed', target, detail: { digest, ...detail } });
			}
		});
	} catch (error) {
		call.progress.line(sentence(error));
	}
}
