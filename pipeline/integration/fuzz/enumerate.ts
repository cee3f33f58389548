/** The endpoints that there are, found where they are made: a new one is found too. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from '../../../semantic/app.ts';
import { ROOT } from '../../context.ts';

export interface Endpoint {
	/** SvelteKit's route id, or the path of the semantic server. */
	route: string;
	methods: string[];
	/** Names of a page's form actions. */
	actions: string[];
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export function webEndpoints(): Endpoint[] {
	const folder = join(ROOT, 'web', 'src', 'routes');
	const found = new Map<string, Endpoint>();
	for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
		const [, path = '', kind] = /^(.*?)\/?\+(server|page)(?:\.server)?\.(?:ts|svelte)$/.exec(file) ?? [];
		if (kind === undefined) continue;
		const route = `/${path}`;
		const endpoint = found.get(route) ?? { route, methods: [], actions: [] };
		const code = readFileSync(join(folder, file), 'utf8');
		if (kind === 'page') endpoint.methods.push('GET');
		const actions = /export const actions\b[\s\S]*?= \{([\s\S]*?)\n\};?/.exec(code)?.[1];
		if (actions !== undefined) {
			endpoint.methods.push('POST');
			endpoint.actions.push(...[...actions.matchAll(/^\t(?:async )?(\w+)(?::|\()/gm)].map(([, name]) => name ?? ''));
		}
		if (kind === 'server')
			endpoint.methods.push(...METHODS.filter((method) => new RegExp(`export (?:const|async function|function) ${method}\\b`).test(code)));
		endpoint.methods = [...new Set(endpoint.methods)];
		found.set(route, endpoint);
	}
	return [...found.values()];
}

interface Layer {
	route?: { path: string; methods: Record<string, boolean> };
}

export function semanticEndpoints(): Endpoint[] {
	const app = createApp({
		semantic: {} as never,
		secret: new Uint8Array(),
		tenant: 'none',
		log: pino({ level: 'silent' }),
		ready: () => Promise.resolve({ status: 200, body: {} }),
		figures: () => []
	});
	const { stack } = (app as unknown as { _router: { stack: Layer[] } })._router;
	const found = new Map<string, Endpoint>();
	for (const { route } of stack) {
		if (!route) continue;
		const endpoint = found.get(route.path) ?? { route: route.path, methods: [], actions: [] };
		endpoint.methods.push(...Object.keys(route.methods).map((method) => method.toUpperCase()));
		found.set(route.path, endpoint);
	}
	return [...found.values()];
}
