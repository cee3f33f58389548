/** Commands that save and bring back what can't be made again. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { record } from '../../app-state/index.ts';
import { withState } from '../app-state.ts';
import { backup } from '../backup/backup.ts';
import { restore } from '../backup/restore.ts';
import { loadConfig } from '../config.ts';
import { ERASED_FILE } from '../erased.ts';
import { UsageError } from '../errors.ts';
import { CONFIG_OPTION, type CommonOptions, answer, withJson } from './shared.ts';

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
		.option(...CONFIG_OPTION)
		.option('--erased <file>', `${ERASED_FILE} of the home that was used last, or of its newest backup: who is in it is erased again`)
		.option('--nobody-erased', 'nobody was erased since the backup was made')
		.action((folder: string, given: RestoreGiven) =>
			answer(given, async ({ context }) => {
				const erased = erasedOf(given);
				const loaded = await loadConfig(given.config, context.root);
				const said = await restore({ context, loaded, folder: resolve(folder), erased });
				const next =
					said.erased_again === 0
						? 'run "onelane serve", or "onelane refresh" for new data.'
						: `${said.erased_again} erasures after it were done again. Nothing is served before "onelane refresh" has built a version.`;
				return { json: { home: context.home, ...said }, text: `${context.home} is as it was at ${said.created_at}: ${next}` };
			})
		);
}

interface RestoreGiven extends CommonOptions {
	config?: string;
	erased?: string;
	nobodyErased?: boolean;
}

/** Never guessed: a person who asked to be forgotten would be back, and nobody would notice. */
function erasedOf({ erased, nobodyErased }: RestoreGiven): string | null {
	if ((erased === undefined) !== (nobodyErased === true))
		throw new UsageError(
			`Say who was erased since the backup was made: --erased <the ${ERASED_FILE} of the home that was used last>, or --nobody-erased.`
		);
	return erased === undefined ? null : resolve(erased);
}
