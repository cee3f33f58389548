/**
 * Serves the built dashboard. A thin front to SvelteKit's handler that tells it the true origin, so that form posts are checked
 * against it, and that refuses foreign host names on loopback (DNS rebinding).
 *
 * Environment: HOST (default 127.0.0.1), PORT (default 3000), ORIGIN (public address behind a proxy, such as "https://bi.example.com"),
 * WEB_REQUESTS (answered at once, default 200; more are told to come back).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import compression from 'compression';
import ipaddr from 'ipaddr.js';
import type { Request, Response } from 'express';
import { drain } from '../contracts/drain.ts';
import { isLoopback } from '../contracts/environment.ts';
import { gauges, RequestMetrics, type Gauge } from '../contracts/metrics.ts';
import { sayType } from './content-type.ts';
import { waitOnce } from './drain.ts';
import { noteRefusedBefore } from './src/lib/server/refused.ts';
import { isForeignForm } from './src/lib/server/requests.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const PROTOCOL = 'x-onelane-protocol';
const HOST_NAME = 'x-onelane-host';
const ADDRESS = 'x-onelane-address';
const SECONDS_TO_STOP = 10;
/** A request must be whole within so many milliseconds, its headers sooner: slow senders hold no connection. */
const REQUEST_WITHIN = 30_000;
const HEADERS_WITHIN = 10_000;
const MOST_HEADERS = 16 * 1024;
/** Connections that wait to be accepted, while the server is busy: past it they are lost for seconds. */
const BACKLOG = 4096;
const YEAR = 365 * 24 * 3600;
const METRICS_EVERY_MS = 5_000;

const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 3000);
const origin = readOrigin(process.env.ORIGIN);
const proxies = readProxies(process.env.ONELANE_PROXIES);

// The handler reads these when it is loaded.
process.env.PROTOCOL_HEADER = PROTOCOL;
process.env.HOST_HEADER = HOST_NAME;
process.env.ADDRESS_HEADER = ADDRESS;
process.env.BODY_SIZE_LIMIT ??= '256K';
const { handler } = (await import(new URL('../build/web/handler.js', import.meta.url).href)) as { handler: Handler };

/**
 * Pages and files are packed on their way. Level 4 of brotli packs a page in 2 ms and a tenth smaller than gzip; assets were packed
 * when they were built, so they pass as they are. A file of a million rows is packed while it is written: nothing waits for its end.
 */
const pack = compression({ threshold: 1400, level: 5, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } });

/** On every answer, also files and errors. A page's own content policy takes the place of this one, which allows nothing. */
const HEADERS: Record<string, string> = {
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
	...(origin?.protocol === 'https:' ? { 'strict-transport-security': `max-age=${YEAR}; includeSubDomains` } : {})
};

/** Pages at once; 200 people who click every ten seconds need a tenth of them. */
const MOST_REQUESTS = Number(process.env.WEB_REQUESTS || 200);
let inFlight = 0;
const metrics = new RequestMetrics('web');

const limits = { requestTimeout: REQUEST_WITHIN, headersTimeout: HEADERS_WITHIN, maxHeaderSize: MOST_HEADERS };
const server = createServer(limits, (request, response) => {
	for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
	const asked = request.headers.host;
	if (!asked || (isLoopback(host) && !origin && !isLoopbackName(asked))) {
		noteRefusedBefore(421, request.method ?? '', addressOf(request));
		response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' });
		response.end(
			'This address is not served here. Open the address that the server printed, or set ORIGIN when it stands behind a proxy.\n'
		);
		return;
	}
	if (inFlight >= MOST_REQUESTS && !request.url?.startsWith('/healthz')) {
		// Said at once: a queue that only grows helps nobody, and those who are served already still are.
		response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2', 'cache-control': 'no-store' });
		response.end('Too many requests are being answered right now. Try again in a moment. 当前请求过多，请稍后重试。\n');
		return;
	}
	inFlight++;
	const started = performance.now();
	const address = addressOf(request);
	response.once('close', () => {
		inFlight--;
		const status = response.writableFinished ? response.statusCode : 499;
		metrics.add(routeOf(request.url), request.method ?? '', status, (performance.now() - started) / 1000);
		const { method = '', headers } = request;
		const own = origin?.origin ?? `http://${asked.toLowerCase()}`;
		if (status === 403 && isForeignForm(method, headers['content-type'], headers.origin, own)) noteRefusedBefore(403, method, address);
	});
	request.headers[PROTOCOL] = origin ? origin.protocol.slice(0, -1) : 'http';
	request.headers[HOST_NAME] = origin ? origin.host : asked;
	request.headers[ADDRESS] = address;
	pack(request as Request, response as Response, () => {
		waitOnce(response);
		sayType(response);
		handler(request, response, () => {
			response.statusCode = 404;
			response.end();
		});
	});
});

server.on('error', (error: NodeJS.ErrnoException) => {
	const why = error.code === 'EADDRINUSE' ? `Port ${port} on ${host} is in use; stop the other program or set PORT.` : error.message;
	console.error(why);
	process.exit(1);
});
server.listen({ port, host, backlog: BACKLOG }, () =>
	console.log(`Listening on http://${host.includes(':') ? `[${host}]` : host}:${port}`)
);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	process.once(signal, () => {
		void drain(server, SECONDS_TO_STOP * 1000).then(() => process.exit(0));
	});
}

// The parent serves the figures; this port is for people.
setInterval(() => process.send?.({ metrics: metrics.text() + gauges(figures()) }), METRICS_EVERY_MS).unref();

// Started by a parent that keeps a channel open: when the parent dies, so does this.
if (process.send) process.on('disconnect', () => process.exit(0));

function figures(): Gauge[] {
	return [
		{ name: 'onelane_web_in_flight', help: 'Requests that are being answered.', value: inFlight },
		{ name: 'onelane_web_memory_bytes', help: 'Resident memory.', value: process.memoryUsage.rss() }
	];
}

/** One of a few: an address may hold whatever somebody typed. */
function routeOf(url = ''): string {
	const [path = ''] = url.split('?');
	const known =
		/^\/(?:funnel|organisation|channels|leads|customers|explore|alerts|reports|login|logout|preferences|healthz|readyz|export|admin|data|_app|api\/v1\/(?:load|meta|sql))?(?=\/|$)/.exec(
			path
		);
	return known ? known[0].replace(/(.)\/$/, '$1') || '/' : 'other';
}

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

/** Where a request comes from: what a proxy of ours says, else the other end of the connection. Anybody may write a header. */
function addressOf(request: IncomingMessage): string {
	const peer = plain(request.socket.remoteAddress ?? '');
	const said = String(request.headers['x-forwarded-for'] ?? '')
		.split(',')
		.map((one) => one.trim())
		.filter(Boolean);
	let address = peer;
	while (isProxy(address) && said.length > 0) {
		const before = plain(said.pop() ?? '');
		if (!ipaddr.isValid(before)) break;
		address = before;
	}
	return address;
}

function isProxy(address: string): boolean {
	if (!ipaddr.isValid(address)) return false;
	const parsed = ipaddr.parse(address);
	return proxies.some((range) => parsed.kind() === range[0].kind() && parsed.match(range));
}

/** "::ffff:127.0.0.1" is 127.0.0.1. */
function plain(address: string): string {
	return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}

/** Addresses of proxies in front of this server, such as "10.0.0.5, 10.1.0.0/16"; without any, those on this machine, once ORIGIN is set. */
function readProxies(value: string | undefined): [ipaddr.IPv4 | ipaddr.IPv6, number][] {
	const texts = value ? value.split(',').map((one) => one.trim()) : origin ? ['127.0.0.0/8', '::1/128'] : [];
	return texts.map((text) => {
		try {
			if (text.includes('/')) return ipaddr.parseCIDR(text);
			const address = ipaddr.parse(text);
			return [address, address.kind() === 'ipv4' ? 32 : 128];
		} catch {
			console.error(`Environment variable ONELANE_PROXIES names "${text}", which is no address such as "10.0.0.5" or "10.1.0.0/16".`);
			process.exit(1);
		}
	});
}
