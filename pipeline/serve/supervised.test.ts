import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from './ports.ts';
import { Supervised } from './supervised.ts';

/** Answers with its process id; can be told to die, and to loop for ever. */
const SERVER = `
import { createServer } from 'node:http';
createServer((request, response) => {
	if (request.url === '/die') process.exit(3);
	if (request.url === '/loop') for (;;);
	response.end(String(process.pid));
}).listen(Number(process.env.PORT), '127.0.0.1');
process.on('disconnect', () => process.exit(0));
`;

let folder: string;
let server: Supervised;
let url: string;
const said: string[] = [];

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'onelane-supervised-'));
	writeFileSync(join(folder, 'server.mjs'), SERVER);
	const port = await freePort('127.0.0.1');
	url = `http://127.0.0.1:${port}`;
	said.length = 0;
	server = new Supervised(
		{
			name: 'test',
			script: join(folder, 'server.mjs'),
			cwd: folder,
			env: { ...process.env, PORT: String(port) },
			url: `${url}/`,
			health: `${url}/healthz`,
			log: join(folder, 'test.log'),
			probe: { every: 100, within: 1500, start: 3000 }
		},
		(text) => said.push(text)
	);
	await server.start();
});
afterEach(async () => {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
});

const pid = async () => {
	for (;;) {
		try {
			return await (await fetch(url, { signal: AbortSignal.timeout(500) })).text();
		} catch {
			await sleep(50);
		}
	}
};

test('a server that dies is started again', async () => {
	const before = await pid();
	await fetch(`${url}/die`).catch(() => undefined);
	expect(await pid()).not.toBe(before);
	expect(said[0]).toMatch(/test server ended \(exit code 3\) and starts again/);
});

test.each([
	['loops for ever', async () => void fetch(`${url}/loop`).catch(() => undefined)],
	['is stopped from outside', async () => void process.kill(server.pid ?? 0, 'SIGSTOP')]
])('a server that %s is ended and started again', async (_, hang) => {
	const before = await pid();
	await hang();
	await sleep(100);
	expect(await pid()).not.toBe(before);
	expect(said.join('\n')).toMatch(/does not answer any more/);
});
