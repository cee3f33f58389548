/** What commands share: context, output for people or for programs, errors as exit codes. */
import { type Command, InvalidArgumentError } from 'commander';
import { type Context, readContext } from '../context.ts';
import { PipelineError, UsageError, sentence } from '../errors.ts';
import { type Progress, progressTo, silent } from '../progress.ts';

export interface CommonOptions {
	json?: boolean;
}

export interface Call {
	context: Context;
	/** Lines for people on stderr; silent with --json. */
	progress: Progress;
	/** Aborted by Ctrl-C or SIGTERM. */
	signal: AbortSignal;
}

/** What a command answers: an object for programs, text for people. */
export interface Answer {
	json: unknown;
	text: string;
	/** 1 when the command worked and what it found is bad. */
	exitCode?: 0 | 1;
}

const controller = new AbortController();

/** Runs a command's work, prints its answer and sets the exit code; a known error is its sentence, without a stack. */
export async function answer(options: CommonOptions, work: (call: Call) => Promise<Answer>): Promise<void> {
	// Not once: a terminal sends Ctrl-C to every process of the group, and whoever started this one passes it on again.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort());
	const json = options.json === true;
	try {
		const progress = json ? silent : progressTo(process.stderr);
		const result = await work({ context: readContext(), progress, signal: controller.signal });
		if (json) process.stdout.write(`${JSON.stringify(result.json, jsonValue, '\t')}\n`);
		else {
			progress.line('');
			if (result.text !== '') process.stdout.write(`${result.text}\n`);
		}
		process.exitCode = result.exitCode ?? 0;
	} catch (error) {
		fail(error, json);
	}
}

export function fail(error: unknown, json: boolean): void {
	const message = sentence(error);
	const isBug = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
	const failedTests = error instanceof PipelineError ? error.failedTests : [];
	if (json) process.stdout.write(`${JSON.stringify({ error: message, failed_tests: failedTests }, null, '\t')}\n`);
	else if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
	process.stderr.write(`${isBug && error instanceof Error ? error.stack : message}\n`);
	process.exitCode = error instanceof UsageError ? 2 : 1;
}

const jsonValue = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);

/** Adds `--json` to a command. */
export function withJson(command: Command): Command {
	return command.option('--json', 'print one JSON object instead of lines');
}

export const CONFIG_OPTION = ['--config <file>', 'configuration to use (default: onelane.config.ts of the project)'] as const;

export function wholeNumber(least: number) {
	return (text: string): number => {
		const value = Number(text);
		if (!Number.isInteger(value) || value < least) throw new InvalidArgumentError(`Give a whole number of at least ${least}.`);
		return value;
	};
}

export function isoDate(text: string): string {
	if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) throw new InvalidArgumentError('Give a date such as 2026-11-22.');
	return text;
}
