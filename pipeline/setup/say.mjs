/** What setup says: one live line on a terminal, plain lines in a pipe. No dependencies: nothing is installed yet. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const live = Boolean(process.stdout.isTTY) && !process.env.CI;
const width = () => Math.max(40, (process.stdout.columns || 80) - 1);

/** A problem that the person at the keyboard can mend: shown as its sentence alone, without a stack. */
export class SetupError extends Error {}

export function line(text) {
	process.stdout.write(`${text}\n`);
}

export function seconds(since) {
	const elapsed = (Date.now() - since) / 1000;
	return elapsed < 10 ? `${elapsed.toFixed(1)} s` : `${Math.round(elapsed)} s`;
}

/** Steps that are under way, each as the text that it shows now; on a terminal they share one line. */
const underWay = new Set();
const erase = () => live && process.stdout.write('\r\u001b[2K');
const draw = () => {
	erase();
	process.stdout.write(`  … ${[...underWay].map((text) => text()).join(' | ')}`.slice(0, width()));
};

/**
 * Runs one step with its progress. `work` gets `tell(text)` for the last thing that happened.
 * @template T
 * @param {string} title
 * @param {(tell: (text: string) => void) => Promise<T>} work
 * @param {(result: T) => string} [outcome] words after the title when it is done
 */
export async function step(title, work, outcome = () => 'done') {
	const began = Date.now();
	let last = '';
	const shown = () => `${title} · ${seconds(began)}${last && ` · ${last}`}`;
	underWay.add(shown);
	if (!live) line(`  … ${title}`);
	const timer = live ? setInterval(draw, 250) : undefined;
	try {
		const result = await work((text) => {
			last = text;
		});
		erase();
		line(`  ✓ ${title}: ${outcome(result)} (${seconds(began)})`);
		return result;
	} catch (error) {
		erase();
		line(`  ✗ ${title} (${seconds(began)})`);
		throw error;
	} finally {
		clearInterval(timer);
		underWay.delete(shown);
	}
}

/** Opens a log for the output of a step's programs. */
export function openLog(folder, name) {
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `${name}.log`);
	const handle = openSync(path, 'w');
	return { path, write: (data) => writeAll(handle, data), close: () => closeSync(handle) };
}

/** A log that finds no room must not hide what it was to tell. */
function writeAll(handle, data) {
	try {
		writeSync(handle, data);
	} catch (error) {
		if (error.code !== 'ENOSPC') throw error;
	}
}

const FAULTS = {
	ENOSPC: (error) => `The disk is full${at(error)}: free some space and start again; setup goes on where it stopped.`,
	EACCES: (error) => `This account may not write${at(error)}: change its permissions and start again.`,
	EROFS: (error) => `The disk is read-only${at(error)}: set ONELANE_HOME to a folder that can be written and start again.`
};
const at = ({ path }) => (path ? ` (${path})` : '');

/** Ends the process the way every script here does: a known problem is its sentence, anything else keeps its stack. */
export function exitWith(error) {
	const fault = error && FAULTS[error.code];
	const text = error instanceof SetupError ? error.message : fault ? fault(error) : (error && error.stack) || String(error);
	process.stderr.write(`\n${text}\n`);
	process.exit(1);
}
