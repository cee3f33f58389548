import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { sayType } from './content-type.ts';

test.each([
	['text', 200, { 'content-type': 'text/css' }, 'text/css; charset=utf-8'],
	['text that says its encoding', 200, { 'content-type': 'text/csv;charset=utf-8' }, 'text/csv;charset=utf-8'],
	['XML', 200, { 'content-type': 'image/svg+xml' }, 'image/svg+xml; charset=utf-8'],
	['JSON', 200, { 'content-type': 'application/json' }, 'application/json'],
	['what is no text', 200, { 'content-type': 'font/woff2' }, 'font/woff2'],
	['a sentence', 403, {}, 'text/plain; charset=utf-8'],
	['a redirect', 303, { location: '/' }, null]
])('%s', async (_what, status, headers, type) => {
	const server = createServer((_request, response) => {
		sayType(response);
		response.writeHead(status, headers).end(status === 303 ? '' : 'body');
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	try {
		const { port } = server.address() as AddressInfo;
		const answer = await fetch(`http://127.0.0.1:${port}`, { redirect: 'manual' });
		expect(answer.headers.get('content-type')).toBe(type);
	} finally {
		server.close();
	}
});
