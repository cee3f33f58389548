/** Accounts of an OIDC provider: made at the first sign-in, brought up to date at each, from the groups that the provider names. */
import type { OidcConfig } from '../../contracts/accounts.ts';
import type { Role, ScopeDimension, Scopes } from '../../contracts/claims.ts';
import { record } from '../audit.ts';
import { newId } from '../ids.ts';
import { hashOf, newSecretValue } from '../keys.ts';
import type { AppState } from '../open.ts';
import type { Stranger } from './sign-in.ts';
import { asUser, changeSight, displayNameOf, sightOf, type User } from './users.ts';

const FLOW_MINUTES = 10;

export interface ExternalPerson {
	issuer: string;
	subject: string;
	/** For the pages. */
	name: string;
	groups: readonly string[];
}

/** Null: no rule names a group of theirs. */
export function sightOfGroups(groups: readonly string[], rules: OidcConfig['roles']): { role: Role; scopes: Scopes } | null {
	const fitting = rules.flatMap((rule) =>
		groups.flatMap((group) => {
			const part = matched(rule.group, group);
			return part === null ? [] : [{ role: rule.role, scopes: rule.scopes.map((scope) => filled(scope, part)) }];
		})
	);
	const [first] = fitting;
	if (!first) return null;
	const ids = new Map<ScopeDimension, Set<string>>();
	for (const { role, scopes } of fitting) {
		if (role !== first.role) continue;
		for (const scope of scopes) ids.set(scope.dimension, new Set([...(ids.get(scope.dimension) ?? []), ...scope.ids]));
	}
	return { role: first.role, scopes: [...ids].map(([dimension, all]) => ({ dimension, ids: [...all].sort() })) };
}

/** What "*" stands for; "" for a pattern without one; null when it does not fit. */
function matched(pattern: string, group: string): string | null {
	const [head = '', tail] = pattern.split('*');
	if (tail === undefined) return pattern === group ? '' : null;
	const fits = group.length > head.length + tail.length && group.startsWith(head) && group.endsWith(tail);
	return fits ? group.slice(head.length, group.length - tail.length) : null;
}

function filled(scope: Scopes[number], part: string): Scopes[number] {
	// A function, so that "$" in the name of a group stays what it is.
	return { dimension: scope.dimension, ids: scope.ids.map((id) => id.replaceAll('$1', () => part)) };
}

/** The account of somebody whom the provider vouches for; null when no group gives a role, or the account is disabled here. */
export async function externalUser(
	state: AppState,
	from: Stranger,
	person: ExternalPerson,
	rules: OidcConfig['roles']
): Promise<User | null> {
	const sight = sightOfGroups(person.groups, rules);
	const kept = await state.db
		.selectFrom('users')
		.selectAll()
		.where('issuer', '=', person.issuer)
		.where('subject', '=', person.subject)
		.executeTakeFirst();
	const actor = { sub: kept?.id ?? '', name: kept?.name ?? displayNameOf(person.name), address: from.address };
	if (!sight || kept?.disabled_at) {
		const what = sight ? 'account is disabled' : 'no group gives a role';
		await record(state, actor, { action: 'signin.failed', target: actor.name, detail: { with: 'oidc', what } });
		return null;
	}
	if (kept) {
		const user = asUser(kept);
		await changeSight(state, { ...actor, provider: true }, user, sight.role, sight.scopes);
		await state.db
			.updateTable('users')
			.set({ display_name: displayNameOf(person.name) || kept.display_name })
			.where('id', '=', kept.id)
			.execute();
		return { ...user, ...sight };
	}
	return addExternal(state, from, person, sight);
}

async function addExternal(state: AppState, from: Stranger, person: ExternalPerson, sight: { role: Role; scopes: Scopes }): Promise<User> {
	const at = state.now().toISOString();
	const id = newId('u');
	const row = {
		id,
		// Never a name that somebody could have locally: the provider's names prove nothing about ours.
		name: `oidc:${hashOf(`${person.issuer} ${person.subject}`).slice(0, 16)}`,
		display_name: displayNameOf(person.name) || 'OIDC',
		...sightOf(sight.role, sight.scopes),
		password_hash: null,
		must_change: 0,
		issuer: person.issuer,
		subject: person.subject,
		disabled_at: null,
		created_at: at,
		updated_at: at,
		last_sign_in_at: null
	};
	await state.db.transaction().execute(async (trx) => {
		await trx.insertInto('users').values(row).execute();
		const detail = { role: row.role, scopes: row.scopes, with: 'oidc' };
		await record(
			state,
			{ sub: id, name: row.display_name, address: from.address },
			{ action: 'user.added', target: row.name, detail },
			trx
		);
	});
	return asUser(row);
}

export interface OidcFlow {
	verifier: string;
	nonce: string;
	return_to: string;
	/** Begun by somebody who has a session, and proves once more who they are. */
	again: boolean;
}

/** Remembers a sign-in that goes to the provider; returns the value that binds it to the browser and comes back as `state`. */
export async function beginFlow({ db, now }: AppState, flow: OidcFlow): Promise<string> {
	const value = newSecretValue();
	const at = now();
	await db.deleteFrom('oidc_flows').where('expires_at', '<=', at.toISOString()).execute();
	await db
		.insertInto('oidc_flows')
		.values({
			state_hash: hashOf(value),
			...flow,
			again: Number(flow.again),
			expires_at: new Date(at.getTime() + FLOW_MINUTES * 60_000).toISOString()
		})
		.execute();
	return value;
}

/** Once: a second answer with the same state finds nothing. */
export async function takeFlow({ db, now }: AppState, value: string): Promise<OidcFlow | null> {
	const row = await db.deleteFrom('oidc_flows').where('state_hash', '=', hashOf(value)).returningAll().executeTakeFirst();
	if (!row || row.expires_at <= now().toISOString()) return null;
	return { verifier: row.verifier, nonce: row.nonce, return_to: row.return_to, again: row.again === 1 };
}
