/** A password from the terminal, unseen, or from a pipe. Never from the command line, where other programs could read it. */
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from './errors.ts';

/** Asked twice on a terminal; from a pipe it is all that comes, without the last line break. @throws UsageError */
export async function askNewPassword(): Promise<string> {
	if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, '');
	const first = await ask('Password: ');
	if (first !== (await ask('Once more: '))) throw new UsageError('The two passwords are not the same: try again.');
	return first;
}

async function ask(question: string): Promise<string> {
	process.stderr.write(question);
	const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
	const cancelled = new AbortController();
	lines.on('SIGINT', () => cancelled.abort());
	try {
		return await lines.question('', { signal: cancelled.signal });
	} catch {
		throw new UsageError('Nothing was changed.');
	} finally {
		lines.close();
		process.stderr.write('\n');
	}
}
