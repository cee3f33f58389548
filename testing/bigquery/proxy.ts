/**
 * A proxy in front of the emulator of BigQuery. It mends what the emulator leaves out and dbt reads, and makes on request the
 * errors that the emulator never has: the client that meets them is the real one, and so is all that was done before.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is known of a request before it is passed on. */
export interface ProxiedRequest {
	method: string;
	/** Path with query, such as "/bigquery/v2/projects/p/jobs". */
	path: string;
	/** How many requests came before it. */
	number: number;
	/** Body of a JSON request, and the JSON part of an upload: empty for others. */
	json: string;
}

/** An answer in BigQuery's form instead of the emulator's own, or a connection that breaks off. */
export type Fault =
	| { status: number; reason: string; message: string }
	| { body: unknown }
	/** The emulator does its work, but the answer is lost. */
	| { lost: 'answer' }
	| { lost: 'request' }
	/** The emulator is asked something else. */
	| { rewrite: (json: string) => string };

export interface Proxy {
	url: string;
	/** Decides for each request from now on whether it goes wrong. */
	setFault(decide: ((request: ProxiedRequest) => Fault | undefined | Promise<Fault | undefined>) | undefined): void;
	/** Requests that came so far. */
	readonly requests: number;
	close(): Promise<void>;
}

const JSON_PART = 1_000_000;

export async function startProxy(target: string): Promise<Proxy> {
	const { hostname, port } = new URL(target);
	let decide: Parameters<Proxy['setFault']>[0];
	let count = 0;

	const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
		const chunks: Buffer[] = [];
		for await (const chunk of incoming) chunks.push(chunk as Buffer);
		let body = Buffer.concat(chunks);
		const { method = 'GET', url: path = '/' } = incoming;
		const fault = await decide?.({ method, path, number: count++, json: body.subarray(0, JSON_PART).toString('utf8') });
		if (fault && 'lost' in fault && fault.lost === 'request') return void incoming.socket.destroy();
		if (fault && 'status' in fault) return answer(outgoing, fault.status, errorBody(fault));
		if (fault && 'body' in fault) return answer(outgoing, 200, fault.body);
		if (fault && 'rewrite' in fault) body = Buffer.from(fault.rewrite(body.toString('utf8')));
		const headers = { ...incoming.headers, host: `${hostname}:${port}`, 'accept-encoding': 'identity', 'content-length': `${body.length}` };
		delete (headers as Record<string, unknown>)['transfer-encoding'];
		await new Promise<void>((done) => {
			const onward = request({ hostname, port, method, path, headers }, (response) => {
				if (fault && 'lost' in fault) {
					response.resume().on('end', () => done(void incoming.socket.destroy()));
				} else void passOn(response, outgoing, path).then(done);
			});
			onward.on('error', () => done(void incoming.socket.destroy()));
			onward.end(body);
		});
	};

	const server = createServer((incoming, outgoing) => {
		handle(incoming, outgoing).catch(() => incoming.socket.destroy());
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		setFault: (next) => (decide = next),
		get requests() {
			return count;
		},
		close: () => {
			server.closeAllConnections();
			return new Promise((done) => server.close(() => done()));
		}
	};
}

async function passOn(response: IncomingMessage, outgoing: ServerResponse, path: string): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of response) chunks.push(chunk as Buffer);
	let body = Buffer.concat(chunks);
	// Only where a job is described: rows of results are passed on as they are.
	if (/\/jobs(\/|\?|$)/.test(path) && body.includes('ddlTargetTable')) body = Buffer.from(JSON.stringify(withDestination(body)));
	outgoing.writeHead(response.statusCode ?? 502, { ...response.headers, 'content-length': `${body.length}` });
	outgoing.end(body);
}

interface JobLike {
	configuration?: { query?: { destinationTable?: unknown } };
	statistics?: { query?: { ddlTargetTable?: unknown } };
}

/** BigQuery names the table that CREATE TABLE AS wrote as the job's destination, and dbt reads its rows from there; the emulator does not. */
function withDestination(body: Buffer): unknown {
	const job = JSON.parse(body.toString('utf8')) as JobLike;
	const query = job.configuration?.query;
	const target = job.statistics?.query?.ddlTargetTable;
	if (query && target && !query.destinationTable) query.destinationTable = target;
	return job;
}

function answer(outgoing: ServerResponse, status: number, body: unknown): void {
	outgoing.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
	outgoing.end(JSON.stringify(body));
}

function errorBody({ status, reason, message }: { status: number; reason: string; message: string }): unknown {
	return { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } };
}
