/** `onelane erase`: one person, out of everything that is kept. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type AuditEntry, record } from '../../app-state/index.ts';
import { note, withState } from '../app-state.ts';
import { loadConfig } from '../config.ts';
import { erase, type EraseRequest, type EraseResult } from '../erase.ts';
import { UsageError } from '../errors.ts';
import { answer, CONFIG_OPTION, type CommonOptions, withJson } from './shared.ts';

interface EraseOptions extends CommonOptions {
	config?: string;
	customer?: string;
	phone?: boolean;
	resume?: boolean;
	yes?: boolean;
	dryRun?: boolean;
}

export function addEraseCommand(program: Command): void {
	withJson(program.command('erase'))
		.description('erase a person from raw, kept extracts and every version; only counts unless --yes is given')
		.option(...CONFIG_OPTION)
		.option('--customer <customer_id>', 'who, by the id in dim_customers')
		.option('--phone', 'who, by the number in ONELANE_ERASE_PHONE, else read from standard input (never from the command line)')
		.option('--resume', 'finish an erasure that was interrupted')
		.option('--dry-run', 'only count, also with --yes')
		.option('--yes', 'really erase: it cannot be undone')
		.action((given: EraseOptions) =>
			answer(given, async (call) => {
				const { context, progress, signal } = call;
				const request = requestOf(given);
				const loaded = await loadConfig(given.config, context.root);
				const really = given.resume === true || (given.yes === true && given.dryRun !== true);
				const audit = (entry: AuditEntry, when: 'before' | 'after') =>
					when === 'before' ? withState(context, (state, by) => record(state, by, entry)) : note(call, entry);
				const result = await erase({ context, loaded, progress, signal, request, really, audit });
				return { json: result, text: describe(result) };
			})
		);
}

function requestOf({ customer, phone, resume }: EraseOptions): EraseRequest | undefined {
	if ([customer !== undefined, phone === true, resume === true].filter(Boolean).length !== 1) {
		throw new UsageError('Name one person, with --customer or --phone, or finish an interrupted erasure with --resume.');
	}
	if (customer !== undefined) return { by: 'customer', value: customer };
	if (!phone) return undefined;
	const value = (process.env['ONELANE_ERASE_PHONE'] ?? (process.stdin.isTTY ? '' : readFileSync(0, 'utf8'))).trim();
	if (value === '')
		throw new UsageError('Give the number in ONELANE_ERASE_PHONE or on standard input: echo <number> | onelane erase --phone.');
	return { by: 'phone', value };
}

function describe(result: EraseResult): string {
	const rows = Object.entries(result.rows).map(([table, count]) => `  ${table.padEnd(32)} ${count.toLocaleString('en').padStart(8)}`);
	if (result.dry_run) {
		return [
			`Nothing was changed. ${result.identifiers} identifiers in ${result.records} records would be erased from:`,
			...rows,
			'Run it again with --yes to erase them for good.'
		].join('\n');
	}
	return [
		`Erased; ${result.version} is served, ${result.versions_removed.length} older versions are removed:`,
		...rows,
		'The receipt is in erasures.ndjson. What the sources keep, and files written by "onelane export", are for you to erase.'
	].join('\n');
}
