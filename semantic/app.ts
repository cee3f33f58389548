/** The few routes there are; whatever else is asked is 404, so nothing of Cube can be reached around the policy. */
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { gauges, RequestMetrics, type Gauge } from '../contracts/metrics.ts';
import { FIGURES_ONLY, PASSING, VERSION_HEADER } from '../contracts/semantic.ts';
import type { Claims } from '../contracts/claims.ts';
import { QueryError } from './access/members.ts';
import { TokenError, verifyToken } from './access/token.ts';
import { OverloadError } from './cache/answers.ts';
import type { Answer, Asking, Semantic } from './service.ts';

const BASE = '/cubejs-api/v1';
const MAX_BODY = '256kb';

export interface AppParts {
	semantic: Semantic;
	secret: Uint8Array;
	/** Whose tokens are taken. */
	tenant: string;
	log: Logger;
	ready: () => Promise<{ status: number; body: Record<string, unknown> }>;
	/** For operators. */
	figures: () => Gauge[];
}

type Answering = (body: unknown, who: Claims, how: Asking) => Promise<Answer>;

/** Nobody is there to be told. */
class ClientLeft extends Error {}

interface Known extends Record<string, unknown> {
	who: Claims;
}

export function createApp({ semantic, secret, tenant, log, ready, figures }: AppParts) {
	const app = express();
	app.disable('x-powered-by').disable('etag').set('query parser', 'simple');

	/** For addresses that take few parameters, or none: another one is a mistake to be told. */
	const takes =
		(...known: string[]) =>
		(request: Request, _: Response, next: NextFunction) => {
			const unknown = Object.keys(request.query).find((name) => !known.includes(name));
			next(unknown === undefined ? undefined : new QueryError(`There is no parameter "${unknown.slice(0, 40)}" here.`));
		};

	app.get('/healthz', takes(), (_, response) => void response.json({ status: 'alive' }));
	app.get('/readyz', takes(), (_, response, next) => {
		ready().then(({ status, body }) => void response.status(status).json(body), next);
	});

	const metrics = new RequestMetrics('semantic');
	app.use((request, response, next) => {
		const started = performance.now();
		// A path that is nobody's is not named: anything can be asked.
		response.once('close', () => {
			const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
			metrics.add(route, request.method, response.writableFinished ? response.statusCode : 499, (performance.now() - started) / 1000);
		});
		next();
	});
	app.get('/metrics', takes(), (_, response) => {
		response.type('text/plain; version=0.0.4').send(metrics.text() + gauges(figures()));
	});

	// Before the body is read: who is not known makes no work.
	const known = (request: Request, response: Response<unknown, Known>, next: NextFunction) => {
		verifyToken(request.headers.authorization, secret, tenant).then((who) => {
			response.locals.who = who;
			next();
		}, next);
	};

	const ask = (answer: Answering) => (request: Request, response: Response<unknown, Known>, next: NextFunction) => {
		answered(request, response, answer).catch(next);
	};

	async function answered(request: Request, response: Response<unknown, Known>, answer: Answering): Promise<void> {
		const started = performance.now();
		const { who } = response.locals;
		const left = new AbortController();
		response.once('close', () => {
			if (!response.writableEnded) left.abort(new ClientLeft());
		});
		const asked: unknown = request.method === 'POST' ? request.body : searched(request);
		const { body, version } = await answer(asked, who, {
			signal: left.signal,
			keep: request.headers['cache-control'] !== PASSING,
			figuresOnly: request.headers['prefer'] === FIGURES_ONLY
		});
		response.writeHead(200, {
			'content-type': 'application/json; charset=utf-8',
			'content-length': body.byteLength,
			'cache-control': 'no-store',
			[VERSION_HEADER]: version
		});
		response.end(body);
		log.debug(
			{ path: request.path, role: who.role, version, bytes: body.byteLength, ms: Math.round(performance.now() - started) },
			'answered'
		);
	}

	const json = express.json({ limit: MAX_BODY, strict: true });
	const answers = {
		load: (body: unknown, who: Claims, how: Asking) => semantic.load(body, who, how),
		sql: (body: unknown, who: Claims) => semantic.sql(body, who),
		'dry-run': (body: unknown, who: Claims) => semantic.dryRun(body, who)
	};
	for (const [name, answer] of Object.entries(answers)) {
		app.get(`${BASE}/${name}`, known, ask(answer));
		app.post(`${BASE}/${name}`, known, json, ask(answer));
	}
	const meta = ask((_, who) => semantic.meta(who));
	app.get(`${BASE}/meta`, known, takes('onlyViews'), meta);

	app.use((_, response) => void response.status(404).json({ error: `There is nothing here; ask ${BASE}/load, /meta, /sql or /dry-run.` }));
	app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
		if (error instanceof ClientLeft) {
			log.debug({ path: request.path }, 'left');
			return;
		}
		const { status, message } = explained(error);
		if (error instanceof OverloadError) response.setHeader('retry-after', '1');
		if (status >= 500) log.error({ path: request.path, status, reason: withoutValues(message) }, 'failed');
		else log.debug({ path: request.path, status }, 'refused');
		if (response.headersSent) response.destroy();
		else response.status(status).json({ error: message });
	});
	return app;
}

/** `?query={…}&queryType=multi`, as Cube's client asks when the query is short. */
function searched(request: Request): unknown {
	const { query, ...rest } = request.query;
	if (typeof query !== 'string') return { ...rest, query };
	try {
		return { ...rest, query: JSON.parse(query) as unknown };
	} catch {
		throw new QueryError('The search parameter "query" is no JSON.');
	}
}

function explained(error: unknown): { status: number; message: string } {
	if (error instanceof TokenError) return { status: 401, message: error.message };
	const { status, type, message = '' } = error as { status?: number; type?: string; message?: string };
	if (type === 'entity.too.large') return { status: 413, message: `The query is larger than ${MAX_BODY}.` };
	// The client left while its token was looked at.
	if (type === 'stream.not.readable' || type === 'request.aborted') return { status: 400, message: 'The body ended too early.' };
	if (type?.startsWith('entity.') || type === 'encoding.unsupported') return { status: 400, message: 'The body is no JSON.' };
	const [line = ''] = message.split('\n');
	return { status: status ?? 500, message: line || 'Something went wrong; the log of the semantic server says more.' };
}

/** Values in an error might be personal. */
function withoutValues(message: string): string {
	return message.replace(/'(?:[^']|'')*'/g, "'…'");
}
