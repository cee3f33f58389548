/** Accounts from the command line: the way in for the first administrator, and back in when nobody else can help. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import {
	type TokenSummary,
	type User,
	addUser,
	changeSight,
	countUsers,
	createToken,
	endAllSessions,
	getUser,
	issueCode,
	listTokens,
	listUsers,
	revokeToken,
	setDisabled
} from '../../app-state/index.ts';
import { withState } from '../app-state.ts';
import { askNewPassword } from '../ask-secret.ts';
import { PipelineError } from '../errors.ts';
import { claimsOf } from '../user-sight.ts';
import { type CommonOptions, answer, wholeNumber, withJson } from './shared.ts';

interface SightOptions extends CommonOptions {
	role: string;
	scope?: string[];
}

const ROLE = ['--role <role>', 'what they may see, such as administrator, analyst or region_manager'] as const;
const SCOPE = ['--scope <dimension=ids...>', 'what a scoped role is limited to, such as region_id=R1,R2 store_id=S7'] as const;

export function addUserCommands(program: Command): void {
	const user = program.command('user').description('people and programs that may ask');

	withJson(user.command('add'))
		.description('add an account; its password is asked for, or read from a pipe')
		.argument('<name>', 'what is typed at sign-in')
		.requiredOption(...ROLE)
		.option(...SCOPE)
		.option('--display-name <name>', 'how the pages call them')
		.option('--code', 'no password: print a one-time code with which they choose one')
		.action((name: string, given: SightOptions & { displayName?: string; code?: boolean }) =>
			answer(given, async ({ context }) => {
				const { role, scopes } = claimsOf({ ...given, name }, basename(context.home));
				const value = given.code ? null : await askNewPassword();
				return withState(context, async (state, by) => {
					// The first account is made by its owner; later passwords were thought of by somebody else.
					const own = (await countUsers(state)) === 0;
					const password = value === null ? undefined : { value, own };
					const added = await addUser(state, by, { name, display_name: given.displayName, role, scopes, password });
					const issued = given.code ? await issueCode(state, by, added) : null;
					const next = issued
						? `Give them this code: ${issued.code}. With it they choose a password at /login/code, once, until ${issued.expires_at}.`
						: own
							? 'Sign in with this password.'
							: 'They choose a password of their own when they first sign in.';
					return { json: { ...added, ...(issued ?? {}) }, text: `Added "${added.name}" as ${role}. ${next}` };
				});
			})
		);

	withJson(user.command('list'))
		.description('all accounts')
		.action((given: CommonOptions) =>
			answer(given, ({ context }) =>
				withState(context, async (state) => {
					const users = await listUsers(state);
					const text =
						users.map(describeUser).join('\n') || 'No accounts yet: "onelane user add <name> --role administrator" adds the first.';
					return { json: { users }, text };
				})
			)
		);

	withJson(user.command('set-role'))
		.description('change role and scope; their sessions end')
		.argument('<name>')
		.requiredOption(...ROLE)
		.option(...SCOPE)
		.action((name: string, given: SightOptions) =>
			answer(given, ({ context }) =>
				withState(context, async (state, by) => {
					const { role, scopes } = claimsOf({ ...given, name }, basename(context.home));
					await changeSight(state, by, await getUser(state, name), role, scopes);
					return { json: await getUser(state, name), text: `"${name}" is ${role} now, and signs in again.` };
				})
			)
		);

	withJson(user.command('reset-password'))
		.description('print a one-time code with which they choose a new password')
		.argument('<name>')
		.action((name: string, given: CommonOptions) =>
			answer(given, ({ context }) =>
				withState(context, async (state, by) => {
					const issued = await issueCode(state, by, await getUser(state, name));
					return {
						json: issued,
						text: `${issued.code}\nWith this code "${name}" chooses a password at /login/code, once, until ${issued.expires_at}.`
					};
				})
			)
		);

	for (const disabled of [true, false]) {
		withJson(user.command(disabled ? 'disable' : 'enable'))
			.description(disabled ? 'end their sessions and let them in no more; what they made stays' : 'let a disabled account in again')
			.argument('<name>')
			.action((name: string, given: CommonOptions) =>
				answer(given, ({ context }) =>
					withState(context, async (state, by) => {
						await setDisabled(state, by, await getUser(state, name), disabled);
						return { json: await getUser(state, name), text: `"${name}" is ${disabled ? 'disabled' : 'enabled'}.` };
					})
				)
			);
	}

	withJson(user.command('sign-out'))
		.description('end all of their sessions')
		.argument('<name>')
		.action((name: string, given: CommonOptions) =>
			answer(given, ({ context }) =>
				withState(context, async (state, by) => {
					const sessions = await endAllSessions(state, by, await getUser(state, name));
					return { json: { sessions }, text: `${sessions} sessions of "${name}" ended.` };
				})
			)
		);

	withJson(user.command('token'))
		.description('print a token for a program that asks /api/v1')
		.requiredOption('--role <role>', 'what it may see, such as analyst or region_manager')
		.option(...SCOPE)
		.option('--name <name>', 'what it is for', 'token')
		.option('--days <n>', 'how long it is valid, at most 365', wholeNumber(1), 30)
		.action((given: SightOptions & { name: string; days: number }) =>
			answer(given, ({ context }) =>
				withState(context, async (state, by) => {
					const claims = claimsOf(given, basename(context.home));
					const permissions = ['query' as const, 'meta' as const];
					const issued = await createToken(state, by, { claims }, { name: given.name, days: Math.min(given.days, 365), permissions });
					return { json: { ...issued, claims }, text: issued.token };
				})
			)
		);

	withJson(user.command('tokens'))
		.description('tokens of programs, or of an account')
		.argument('[name]')
		.action((name: string | undefined, given: CommonOptions) =>
			answer(given, ({ context }) =>
				withState(context, async (state) => {
					const tokens = await listTokens(state, name === undefined ? null : await getUser(state, name));
					return { json: { tokens }, text: tokens.map(describeToken).join('\n') || 'No tokens.' };
				})
			)
		);

	withJson(user.command('revoke-token'))
		.description('end a token')
		.argument('<id>', 'as "onelane user tokens" lists it')
		.action((id: string, given: CommonOptions) =>
			answer(given, ({ context }) =>
				withState(context, async (state, by) => {
					if (!(await revokeToken(state, by, id)))
						throw new PipelineError(`There is no living token "${id}": "onelane user tokens" lists them.`);
					return { json: { id }, text: `${id} is revoked.` };
				})
			)
		);
}

function describeUser({ name, role, scopes, disabled_at, is_external, last_sign_in_at }: User): string {
	const sight = scopes.map(({ dimension, ids }) => `${dimension}=${ids.join(',')}`).join(' ');
	const notes = [is_external ? 'OIDC' : '', disabled_at ? 'disabled' : '', last_sign_in_at ? `last in ${last_sign_in_at}` : 'never in'];
	return `${name.padEnd(24)} ${role.padEnd(16)} ${[sight, ...notes].filter(Boolean).join(' · ')}`;
}

function describeToken({ id, name, expires_at, last_used_at, revoked_at }: TokenSummary): string {
	return `${id}  ${name.padEnd(20)} ${revoked_at ? `revoked ${revoked_at}` : `until ${expires_at}`} · ${last_used_at ? `used ${last_used_at}` : 'never used'}`;
}
