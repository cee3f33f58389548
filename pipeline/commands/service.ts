/** Commands around the running thing: serve, status, doctor, and what it is made of. */
import type { Command } from 'commander';
import { notePolicy } from '../app-state.ts';
import { loadConfig } from '../config.ts';
import { examine } from '../doctor.ts';
import { billOfMaterials } from '../sbom.ts';
import { serve } from '../serve/index.ts';
import { describeStatus, readStatus } from '../status.ts';
import { CONFIG_OPTION, type CommonOptions, answer, withJson } from './shared.ts';

const DEMO_ROLES =
	'executive, region manager, area manager, dealer group, store manager, inviter, advisor, marketing, analyst, administrator';

export function addServiceCommands(program: Command, version: string): void {
	withJson(program.command('serve'))
		.description('serve the published version')
		.option(...CONFIG_OPTION)
		.option('--demo-login', 'offer a role picker instead of accounts; on loopback only')
		.action((given: CommonOptions & { config?: string; demoLogin?: boolean }) =>
			answer(given, async (call) => {
				const { context, progress, signal } = call;
				const { accounts, privacy } = (await loadConfig(given.config, context.root)).config;
				const serving = await serve({
					context,
					demoLogin: given.demoLogin === true,
					accounts,
					notify: (text) => progress.line(text),
					minimumGroup: privacy.minimum_group
				});
				await notePolicy(call, { accounts, minimumGroup: privacy.minimum_group });
				const { url, semanticUrl, trouble, pids } = serving;
				if (given.json)
					process.stdout.write(`${JSON.stringify({ url, semantic_url: semanticUrl, ready: trouble === null, trouble, pids })}\n`);
				else process.stdout.write(`${welcome(url, trouble, given.demoLogin === true)}\n`);
				if (!signal.aborted) await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
				await serving.stop();
				return { json: { stopped: true }, text: 'Stopped.' };
			})
		);

	withJson(program.command('status'))
		.description('what is served, how fresh it is, how the last refresh went')
		.action((given: CommonOptions) =>
			answer(given, async ({ context }) => {
				const status = readStatus(context.home);
				return {
					json: status,
					text: describeStatus(status),
					exitCode: status.refresh?.status === 'failed' || status.served === null ? 1 : 0
				};
			})
		);

	withJson(program.command('doctor'))
		.description('check what onelane stands on, and say how to mend what is wrong')
		.action((given: CommonOptions) =>
			answer(given, async ({ context }) => {
				const findings = await examine(context);
				const text = findings
					.map(({ level, what, detail }) => `${{ ok: '✓', warn: '!', fail: '✗' }[level]} ${what.padEnd(12)} ${detail}`)
					.join('\n');
				return { json: { findings }, text, exitCode: findings.some(({ level }) => level === 'fail') ? 1 : 0 };
			})
		);

	withJson(program.command('sbom'))
		.description('the bill of materials: every package of the lock files, as CycloneDX 1.6')
		.action((given: CommonOptions) =>
			answer(given, ({ context }) => {
				const bill = billOfMaterials(context.root, version);
				return Promise.resolve({ json: bill, text: JSON.stringify(bill, null, '\t') });
			})
		);
}

function welcome(url: string, trouble: string | null, demoLogin: boolean): string {
	const lines = [`\n  onelane is at ${url}`];
	if (demoLogin) lines.push(`  Sign in as anyone: ${DEMO_ROLES}.`);
	if (trouble) lines.push(`  ${trouble}`);
	lines.push('  Stop with Ctrl-C.\n');
	return lines.join('\n');
}
