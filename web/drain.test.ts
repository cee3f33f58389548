import { createServer, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import compression from 'compression';
import type { Request, Response } from 'express';
import { expect, test } from 'vitest';
import { waitOnce } from './drain.ts';

const PORTIONS = 60;
const portion = randomBytes(150_000).toString('hex');

test.each(['gzip', 'identity'])('a slow reader of many portions in %s: all arrive, and no listeners pile up', async (encoding) => {
	const warnings: string[] = [];
	const warned = (warning: Error) => warnings.push(warning.name);
	process.on('warning', warned);
	const pack = compression();
	let waited = 0;
	const server = createServer((request, response) => {
		pack(request as Request, response as Response, () => {
			waitOnce(response);
			response.setHeader('content-type', 'text/csv');
			let written = 0;
			const next = () => {
				while (written < PORTIONS) {
					written += 1;
					if (!response.write(portion)) {
						waited += 1;
						response.once('drain', next);
						return;
					}
				}
				response.end();
			};
			next();
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const [answer] = (await once(get({ host: '127.0.0.1', port, headers: { 'accept-encoding': encoding } }), 'response')) as [
		IncomingMessage
	];
	let bytes = 0;
	for await (const chunk of answer) bytes += (chunk as Buffer).length;
	expect(answer.headers['content-encoding']).toBe(encoding === 'gzip' ? 'gzip' : undefined);
	expect(bytes).toBeGreaterThan(PORTIONS * 75_000);
	expect(waited).toBeGreaterThan(20);
	server.close();
	process.off('warning', warned);
	expect(warnings).toEqual([]);
});
