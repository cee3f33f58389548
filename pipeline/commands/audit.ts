/** The audit log from the command line. */
import type { Command } from 'commander';
import { AUDIT_ACTIONS, type AuditRow, listAudit, verifyAudit } from '../../app-state/index.ts';
import { withState } from '../app-state.ts';
import { UsageError } from '../errors.ts';
import { type CommonOptions, answer, wholeNumber, withJson } from './shared.ts';

export function addAuditCommands(program: Command): void {
	const audit = program.command('audit').description('who did what, when, from where');

	withJson(audit.command('verify'))
		.description('prove that no entry was changed or left out, or say where the chain breaks')
		.option('--head <signature>', 'a signature that was noted earlier: proves that no end was cut off since')
		.action((given: CommonOptions & { head?: string }) =>
			answer(given, ({ context }) =>
				withState(context, async (state) => {
					const proof = await verifyAudit(state, given.head, context.environment.secretsBefore);
					const whole = `${proof.entries} entries, unbroken. Note the last signature elsewhere, to prove later that no end was cut off:\n${proof.head ?? 'none yet'}`;
					return { json: proof, text: proof.broken ?? whole, exitCode: proof.broken === null ? 0 : 1 };
				})
			)
		);

	withJson(audit.command('list'))
		.description('the latest entries')
		.option('--action <action>', 'only these, such as signin.failed')
		.option('--about <text>', 'part of a name, target or address')
		.option('--limit <n>', 'how many', wholeNumber(1), 50)
		.action((given: CommonOptions & { action?: string; about?: string; limit: number }) =>
			answer(given, ({ context }) =>
				withState(context, async (state) => {
					const action = AUDIT_ACTIONS.find((known) => known === given.action);
					if (given.action !== undefined && !action)
						throw new UsageError(`Action "${given.action}" is unknown: choose one of ${AUDIT_ACTIONS.join(', ')}.`);
					const entries = await listAudit(state, { action, about: given.about, limit: given.limit });
					return { json: { entries }, text: entries.reverse().map(describe).join('\n') };
				})
			)
		);
}

function describe({ seq, at, actor_name, actor, action, target, detail, address }: AuditRow): string {
	const more = Object.entries(detail).map(([key, value]) => `${key}=${String(value)}`);
	return [seq, at, action.padEnd(18), actor_name || actor || 'unknown', target, address, ...more].filter(Boolean).join('  ');
}
