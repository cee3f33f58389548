/** The `onelane` command. Exit codes: 0 done, 1 failed, 2 called wrongly. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { addBackupCommands } from './commands/backup.ts';
import { addBenchCommand } from './commands/bench.ts';
import { addAuditCommands } from './commands/audit.ts';
import { addDataCommands } from './commands/data.ts';
import { addEraseCommand } from './commands/erase.ts';
import { addServiceCommands } from './commands/service.ts';
import { fail } from './commands/shared.ts';
import { addUserCommands } from './commands/user.ts';
import { ROOT } from './context.ts';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

function makeProgram(): Command {
	const program = new Command('onelane')
		.description('From channel files to a funnel on the screen: land, build, publish and serve.')
		.version(version)
		.showHelpAfterError('Run it with --help to see what it takes.')
		.configureHelp({ sortSubcommands: false });
	addDataCommands(program);
	addEraseCommand(program);
	addServiceCommands(program, version);
	addUserCommands(program);
	addAuditCommands(program);
	addBackupCommands(program, version);
	addBenchCommand(program);
	for (const command of [program, ...program.commands.flatMap((child) => [child, ...child.commands])]) command.exitOverride();
	return program;
}

try {
	await makeProgram().parseAsync();
} catch (error) {
	if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
	else fail(error, process.argv.includes('--json'));
}
