/**
 * Serves the built dashboard. A thin front to SvelteKit's handler that tells it the true origin, so that form posts are checked
 * against it, and that refuses foreign host names on loopback (DNS rebinding).
 *
 * Environment: HOST (default 127.0.0.1), PORT (default 3000), ORIGIN (public address behind a proxy, such as "https://bi.example.com").
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import compression from 'compression';
import type { Request, Response } from 'express';
import { isLoopback } from '../contracts/environment.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const PROTOCOL = 'x-onelane-protocol';
const HOST_NAME = 'x-onelane-host';
const SECONDS_TO_STOP = 10;

const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 3000);
const origin = readOrigin(process.env.ORIGIN);

// The handler reads these when it is loaded.
process.env.PROTOCOL_HEADER = PROTOCOL;
process.env.HOST_HEADER = HOST_NAME;
process.env.BODY_SIZE_LIMIT ??= '256K';
const { handler } = (await import(new URL('../build/web/handler.js', import.meta.url).href)) as { handler: Handler };

/**
 * Pages and files are packed on their way. Level 4 of brotli packs a page in 2 ms and a tenth smaller than gzip; assets were packed
 * when they were built, so they pass as they are. A file of a million rows is packed while it is written: nothing waits for its end.
 */
const pack = compression({ threshold: 1400, level: 5, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } });

const server = createServer((request, response) => {
	const asked = request.headers.host;
	if (!asked || (isLoopback(host) && !origin && !isLoopbackName(asked))) {
		response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' });
		response.end(
			'This address is not served here. Open the address that the server printed, or set ORIGIN when it stands behind a proxy.\n'
		);
		return;
	}
	request.headers[PROTOCOL] = origin ? origin.protocol.slice(0, -1) : 'http';
	request.headers[HOST_NAME] = origin ? origin.host : asked;
	pack(request as Request, response as Response, () =>
		handler(request, response, () => {
			response.statusCode = 404;
			response.end();
		})
	);
});

server.on('error', (error: NodeJS.ErrnoException) => {
	const why = error.code === 'EADDRINUSE' ? `Port ${port} on ${host} is in use; stop the other program or set PORT.` : error.message;
	console.error(why);
	process.exit(1);
});
server.listen(port, host, () => console.log(`Listening on http://${host.includes(':') ? `[${host}]` : host}:${port}`));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	process.once(signal, () => {
		server.close(() => process.exit(0));
		server.closeIdleConnections();
		setTimeout(() => server.closeAllConnections(), SECONDS_TO_STOP * 1000).unref();
	});
}

// Started by a parent that keeps a channel open: when the parent dies, so does this.
if (process.send) process.on('disconnect', () => process.exit(0));

function isLoopbackName(asked: string): boolean {
	const name = asked.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
	return isLoopback(name);
}

function readOrigin(value: string | undefined): URL | null {
	if (!value) return null;
	if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
		console.error(`Environment variable ORIGIN is "${value}", which is no address such as "https://bi.example.com".`);
		process.exit(1);
	}
	return new URL(value);
}
