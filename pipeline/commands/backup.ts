/** Commands that save and bring back what can't be made again. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { record } from '../../app-state/index.ts';
import { withState } from '../app-state.ts';
import { backup } from '../backup/backup.ts';
import { restore } from '../backup/restore.ts';
import { type CommonOptions, answer, withJson } from './shared.ts';

export function addBackupCommands(program: Command, version: string): void {
	withJson(program.command('backup'))
		.description('copy raw, landed files and app state into a new folder; secrets are not in it: keep ONELANE_ID_KEY apart')
		.requiredOption('--out <folder>', 'folder that does not exist yet')
		.action((given: CommonOptions & { out: string }) =>
			answer(given, async ({ context }) => {
				// Noted first: nothing leaves the house unseen. Raw holds people's plain values.
				await withState(context, (state, by) => record(state, by, { action: 'data.exported', target: 'backup', detail: { people: true } }));
				const made = await backup(context.home, resolve(given.out), version);
				return { json: made, text: `${made.files.length} files, ${Math.ceil(made.bytes / 1024 ** 2)} MB, are in ${made.folder}.` };
			})
		);

	withJson(program.command('restore'))
		.description('put a backup into an empty ONELANE_HOME; needs the ONELANE_ID_KEY that it was made under')
		.argument('<folder>', 'what "onelane backup" wrote')
		.action((folder: string, given: CommonOptions) =>
			answer(given, async ({ context }) => {
				const said = await restore(context, resolve(folder));
				return {
					json: { home: context.home, ...said },
					text: `${context.home} is as it was at ${said.created_at}: run "onelane serve", or "onelane refresh" for new data.`
				};
			})
		);
}
