import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { drain } from './drain.ts';

async function serving(answer: (url: string) => Promise<string>): Promise<{ server: Server; port: number }> {
	const server = createServer((request, response) => void answer(request.url ?? '').then((text) => response.end(text)));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return { server, port: (server.address() as AddressInfo).port };
}

/** A connection that stays open, and everything that came back on it. */
async function connected(port: number) {
	const socket = connect(port, '127.0.0.1');
	let said = '';
	socket.on('data', (data) => (said += data.toString()));
	await once(socket, 'connect');
	const closed = once(socket, 'close');
	return { ask: (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`), closed, said: () => said };
}

const answers = (text: string) => text.match(/HTTP\/1\.1 200/g)?.length ?? 0;

test('requests that run, and one that is sent on an idle connection as the end begins, are answered', async () => {
	const { server, port } = await serving((url) => new Promise((done) => setTimeout(() => done(url), url === '/slow' ? 900 : 0)));
	const [slow, idle] = await Promise.all([connected(port), connected(port)]);
	idle.ask('/first');
	slow.ask('/slow');
	while (answers(idle.said()) < 1) await new Promise((done) => setTimeout(done, 5));
	const drained = drain(server, 5_000);
	idle.ask('/second');
	await drained;
	await Promise.all([slow.closed, idle.closed]);
	expect([answers(slow.said()), answers(idle.said())]).toEqual([1, 2]);
	expect(idle.said()).toMatch(/connection: close/i);
});

test('a connection that is made as the end begins is answered, a later one is refused', async () => {
	const { server, port } = await serving((url) => Promise.resolve(url));
	const drained = drain(server, 5_000);
	const late = await connected(port);
	late.ask('/late');
	await drained;
	await late.closed;
	expect(answers(late.said())).toBe(1);
	await expect(connected(port)).rejects.toThrow('ECONNREFUSED');
});

test('who never ends is cut after a while', async () => {
	const { server, port } = await serving(() => new Promise(() => {}));
	const hanging = await connected(port);
	hanging.ask('/');
	await new Promise((done) => setTimeout(done, 20));
	await drain(server, 300);
	await hanging.closed;
	expect(answers(hanging.said())).toBe(0);
});
