/** Ports that are free, and sentences for those that are not. */
import { createServer } from 'node:net';
import { PipelineError } from '../errors.ts';

/** @throws PipelineError when nothing can listen there */
export async function assertFree(host: string, port: number): Promise<void> {
	const code = await tryListen(host, port);
	if (code === null) return;
	if (code === 'EADDRINUSE')
		throw new PipelineError(`Port ${port} on ${host} is in use: stop the program that uses it, or choose another with PORT.`);
	if (code === 'EACCES') throw new PipelineError(`Port ${port} may not be used by this account: choose one above 1023 with PORT.`);
	throw new PipelineError(`Nothing can listen on ${host}:${port} (${code}): check HOST and PORT.`);
}

export async function freePort(host: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, host, () => {
			const address = server.address();
			server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
		});
	});
}

/** Null when it worked, else the system's error code. */
export async function tryListen(host: string, port: number): Promise<string | null> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
		server.listen(port, host, () => server.close(() => resolve(null)));
	});
}
