/** How a server ends without losing a request. */
import type { Server, ServerResponse } from 'node:http';
import { Server as Listener } from 'node:net';

/** Connections that were made but not yet accepted would be reset: they get this long. */
const ACCEPTS_FOR_MS = 100;
/** A request may be on its way on a connection that looks idle: it gets this long. */
const LISTENS_FOR_MS = 500;

/**
 * Takes no new connection, answers what was sent already (each answer being the last of its connection), and resolves when every
 * connection is closed; those that are still open after `patience` milliseconds are cut. `Server.close` would cut idle
 * connections at once, and with them a request that has arrived but was not read.
 */
export async function drain(server: Server, patience: number): Promise<void> {
	server.prependListener('request', (_, response: ServerResponse) => response.setHeader('connection', 'close'));
	const cut = setTimeout(() => server.closeAllConnections(), patience);
	await pause(ACCEPTS_FOR_MS);
	const closed = new Promise<void>((resolve) => Listener.prototype.close.call(server, () => resolve()));
	await Promise.race([closed, pause(LISTENS_FOR_MS)]);
	const sweep = setInterval(() => server.closeIdleConnections(), 50);
	server.closeIdleConnections();
	await closed;
	clearInterval(sweep);
	clearTimeout(cut);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
