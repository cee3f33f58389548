/** Of the home: who may read it, secrets, accounts. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openAppState, STATE_FILE, verifyAudit } from '../../app-state/index.ts';
import { isLoopback } from '../../contracts/environment.ts';
import { type Context, makeHome } from '../context.ts';
import { sentence } from '../errors.ts';
import { secretOf, secretsFolder } from '../secrets.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Hold people's data: nobody else reads them. */
const PRIVATE = ['raw.duckdb', 'landing', STATE_FILE];

export function home({ home }: Pick<Context, 'home'>): Finding {
	try {
		makeHome(home);
		const others = statSync(home).mode & 0o077;
		// A container may run as an account that does not own its volume.
		if (others !== 0) return warn('home', `Others on this machine may look into ${home}: run "chmod 700 ${home}".`);
		return ok('home', home);
	} catch (error) {
		return fail('home', sentence(error));
	}
}

export function permissions({ home }: Pick<Context, 'home'>): Finding {
	const open = PRIVATE.filter((name) => existsSync(join(home, name)) && (statSync(join(home, name)).mode & 0o077) !== 0);
	if (open.length > 0)
		return fail('permissions', `Others can read ${open.join(', ')}: run "chmod -R go= ${open.map((name) => join(home, name)).join(' ')}".`);
	return ok('permissions', "people's data is readable by its owner only");
}

export function secrets({ home, environment }: Pick<Context, 'home' | 'environment'>): Finding {
	const folder = secretsFolder(home);
	const open = (path: string) => (statSync(path).mode & 0o077) !== 0;
	if (!isLoopback(environment.host) && (environment.secret === undefined || environment.idKey === undefined)) {
		return fail(
			'secrets',
			`HOST is ${environment.host}, so ONELANE_SECRET and ONELANE_ID_KEY must be given: make each with "openssl rand -hex 32".`
		);
	}
	if (!existsSync(folder)) return ok('secrets', 'none kept yet');
	const exposed = readdirSync(folder).filter((name) => open(join(folder, name)));
	if (exposed.length > 0) return fail('secrets', `Others can read ${exposed.join(', ')}: run "chmod 600 ${folder}/*".`);
	return ok('secrets', `kept in ${folder}, readable by their owner only`);
}

/** Whether people can sign in, and whether the audit log is whole. */
export async function accounts({ home, environment }: Pick<Context, 'home' | 'environment'>): Promise<Finding> {
	if (!existsSync(join(home, STATE_FILE)))
		return warn('accounts', 'There are none yet: make the first with "onelane user add <name> --role administrator".');
	try {
		const state = openAppState(home, { secret: secretOf('ONELANE_SECRET', environment) });
		try {
			const { entries, broken } = await verifyAudit(state, undefined, environment.secretsBefore);
			return broken === null
				? ok('accounts', `open; ${entries.toLocaleString('en')} entries of the audit log are whole`)
				: fail('accounts', `The audit log is not whole: ${broken} Keep the file, and compare it with a backup.`);
		} finally {
			await state.close();
		}
	} catch (error) {
		return fail('accounts', `${sentence(error)} Or put back a backup with "onelane restore".`);
	}
}
