/** The command as people call it: exit codes, JSON, and one sentence for what is wrong. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../context.ts';
import { runProcess } from '../process.ts';
import { demo } from './support.ts';

async function onelane(args: readonly string[], env: Record<string, string> = {}) {
	const home = mkdtempSync(join(tmpdir(), 'onelane-command-'));
	const { code, tail } = await runProcess(process.execPath, [join(ROOT, 'pipeline', 'bin', 'onelane.mjs'), ...args], {
		cwd: ROOT,
		env: {
			PATH: process.env['PATH'],
			NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
			HOME: home,
			ONELANE_HOME: join(home, 'data'),
			...env
		}
	});
	return { code, output: tail.trim() };
}

test('every command explains itself', async () => {
	const { code, output } = await onelane(['--help']);
	expect(code).toBe(0);
	for (const command of [
		'demo',
		'ingest',
		'build',
		'publish',
		'refresh',
		'rollback',
		'serve',
		'status',
		'doctor',
		'sbom',
		'user',
		'export',
		'erase',
		'bench'
	])
		expect(output).toContain(`  ${command} `);
	expect((await onelane(['user', 'token', '--help'])).output).toContain('--scope');
});

test('a wrong call ends with 2', async () => {
	expect((await onelane(['reload'])).code).toBe(2);
	expect((await onelane(['demo', '--customers', 'many', '--out', '/tmp/x'])).code).toBe(2);
	expect((await onelane(['user', 'token', '--role', 'boss'])).code).toBe(2);
	expect((await onelane(['erase'])).code).toBe(2);
	expect((await onelane(['erase', '--phone', '--customer', 'c_crm:leads:1'])).code).toBe(2);
});

test('an account is not added with a password that many people use', () => {
	const home = mkdtempSync(join(tmpdir(), 'onelane-command-'));
	const add = (input: string) =>
		spawnSync(process.execPath, [join(ROOT, 'pipeline', 'cli.ts'), 'user', 'add', 'ann', '--role', 'administrator'], {
			cwd: ROOT,
			env: { PATH: process.env['PATH'], HOME: home, ONELANE_HOME: join(home, 'data') },
			encoding: 'utf8',
			input
		});
	const { status, stderr } = add('PasswordPassword\n');
	expect([status, stderr]).toEqual([1, expect.stringContaining('This password is one of those that many people use')]);
	expect(add('correct horse battery\n')).toMatchObject({ status: 0 });
});

test('a home without data says what to run', async () => {
	const { code, output } = await onelane(['status']);
	expect(code).toBe(1);
	expect(output).toContain('Nothing is published yet: run "onelane refresh".');
	expect((await onelane(['rollback'])).output).toContain('There is no older version');
	expect((await onelane(['build'])).output).toContain('Nothing has been landed');
	expect((await onelane(['erase', '--customer', 'c_crm:leads:1'])).output).toContain('so no customer is known');
	expect((await onelane(['erase', '--resume'])).output).toContain('No erasure waits to be finished');
	expect((await onelane(['publish'])).output).toContain('No finished build waits');
});

test('an environment variable that is wrong is named', async () => {
	expect((await onelane(['status'], { ONELANE_TIMEZONE: 'Mars/Olympus' })).output).toBe(
		'Environment variable ONELANE_TIMEZONE is no time zone name such as "Asia/Shanghai".'
	);
	expect((await onelane(['serve'], { ONELANE_SECRET: 'short' })).output).toContain('Environment variable ONELANE_SECRET is too short');
	expect((await onelane(['serve'], { PORT: '0' })).output).toContain('Environment variable PORT must be 1 to 65535');
});

test('a configuration that names an unknown source is refused before anything is landed', async () => {
	const file = join(mkdtempSync(join(tmpdir(), 'onelane-config-')), 'onelane.config.ts');
	writeFileSync(
		file,
		"export default { sources: [{ kind: 'mapped', name: 'x', resources: [{ feeds: 'crm.nothing', path: 'x.csv', format: 'csv', columns: {} }] }] };"
	);
	const { code, output } = await onelane(['refresh', '--config', file]);
	expect(code).toBe(1);
	expect(output).toContain('crm.nothing');
	expect(output.split('\n').length).toBe(1);
});

test('serving others without secrets is refused, and so is a role picker for them', async () => {
	const away = { HOST: '0.0.0.0', PORT: '3299' };
	expect((await onelane(['serve', '--demo-login'], away)).output).toContain('it works on loopback only');
	expect((await onelane(['serve'], away)).output).toContain('ONELANE_SECRET must be given when HOST is 0.0.0.0');
});

test('a port in use is one sentence', async () => {
	const server = createServer();
	const port = await new Promise<number>((done) => server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port)));
	const { code, output } = await onelane(['serve'], { PORT: String(port) });
	server.close();
	expect([code, output]).toEqual([1, `Port ${port} on 127.0.0.1 is in use: stop the program that uses it, or choose another with PORT.`]);
});

describe.skipIf(demo === null)('over a refreshed home', () => {
	const env = { ONELANE_HOME: demo?.home ?? '' };

	test('status and doctor find nothing wrong', async () => {
		const status = await onelane(['status', '--json'], env);
		expect(status.code).toBe(0);
		expect(JSON.parse(status.output)).toMatchObject({
			refresh: { status: 'published' },
			summary: expect.stringContaining('is served') as string
		});
		const doctor = await onelane(['doctor', '--json'], { ...env, PORT: '3298' });
		const { findings } = JSON.parse(doctor.output) as { findings: { level: string; what: string; detail: string }[] };
		expect(findings.filter(({ level }) => level === 'fail')).toEqual([]);
	});

	test('a mart can be taken along', async () => {
		const out = join(mkdtempSync(join(tmpdir(), 'onelane-export-')), 'stores.csv');
		expect((await onelane(['export', 'dim_stores', '--out', out], env)).code).toBe(0);
		expect(readFileSync(out, 'utf8').split('\n')[0]).toContain('store_id');
		const { code, output } = await onelane(['export', 'secrets', '--out', out], env);
		expect([code, output]).toEqual([1, expect.stringContaining('There is no mart "secrets": choose one of ') as string]);
	});
});
