/** `ONELANE_METRICS_PORT`: figures of everything that `serve` runs, for Prometheus, on loopback only. */
import { type Server, createServer } from 'node:http';
import { statfsSync } from 'node:fs';
import { type Gauge, gauges } from '../../contracts/metrics.ts';
import { PipelineError } from '../errors.ts';
import { readPointer, readRefresh } from '../state.ts';
import type { Supervised } from './supervised.ts';

const LOOPBACK = '127.0.0.1';
const PATIENCE = 2_000;

export interface MetricsOptions {
	port: number;
	home: string;
	semanticUrl: string;
	servers: readonly Supervised[];
}

/** @throws PipelineError when the port is taken */
export async function serveMetrics(options: MetricsOptions): Promise<Server> {
	const server = createServer((request, response) => {
		if (request.method !== 'GET' || request.url !== '/metrics') {
			response.writeHead(404).end();
			return;
		}
		void gather(options).then((text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(
				new PipelineError(
					`Metrics can't be served on port ${options.port} (${error.code ?? error.message}): set ONELANE_METRICS_PORT to another one.`
				)
			)
		);
		server.listen(options.port, LOOPBACK, () => resolve());
	});
	return server;
}

async function gather({ home, semanticUrl, servers }: MetricsOptions): Promise<string> {
	const semantic = await fetch(`${semanticUrl}/metrics`, { signal: AbortSignal.timeout(PATIENCE) })
		.then((response) => (response.ok ? response.text() : ''))
		.catch(() => '');
	return gauges(own(home, servers)) + servers.map((server) => server.metrics).join('') + semantic;
}

function own(home: string, servers: readonly Supervised[]): Gauge[] {
	const pointer = safely(() => readPointer(home));
	const refresh = safely(() => readRefresh(home));
	const age = (instant: string) => Math.round((Date.now() - Date.parse(instant)) / 1000);
	const { bavail, bsize } = statfsSync(home);
	return [
		...servers.map((server) => ({
			name: 'onelane_server_up',
			help: 'Whether the server runs.',
			value: server.pid === undefined ? 0 : 1,
			labels: { server: server.spec.name }
		})),
		...servers.map((server) => ({
			name: 'onelane_server_restarts_total',
			help: 'How often it was started again.',
			value: server.restarts,
			labels: { server: server.spec.name },
			type: 'counter' as const
		})),
		{ name: 'onelane_version_age_seconds', help: 'Age of the served version; NaN: none.', value: pointer ? age(pointer.built_at) : NaN },
		...(pointer?.freshness ?? []).map(({ source, loaded_at }) => ({
			name: 'onelane_source_age_seconds',
			help: 'Since rows of the source last arrived.',
			value: age(loaded_at),
			labels: { source }
		})),
		{ name: 'onelane_last_refresh_failed', help: 'Whether the last refresh failed.', value: refresh?.status === 'failed' ? 1 : 0 },
		{ name: 'onelane_disk_free_bytes', help: 'Room on the disk of the home.', value: bavail * bsize }
	];
}

function safely<T>(read: () => T): T | null {
	try {
		return read();
	} catch {
		return null;
	}
}
