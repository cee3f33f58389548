/** The semantic server by itself, on a free port of loopback: what benchmarks ask. */
import { join } from 'node:path';
import type { Progress } from '../pipeline/progress.ts';
import { freePort } from '../pipeline/serve/ports.ts';
import { Supervised } from '../pipeline/serve/supervised.ts';

/** Not started yet. @param log the file that it writes its log to */
export async function semanticServer(at: { root: string; home: string; secret: string; log: string }, progress: Progress) {
	const port = await freePort('127.0.0.1');
	const url = `http://127.0.0.1:${port}`;
	const env = {
		...process.env,
		ONELANE_HOME: at.home,
		ONELANE_SECRET: at.secret,
		SEMANTIC_PORT: String(port),
		HOST: '127.0.0.1',
		NODE_ENV: 'production'
	};
	const server = new Supervised(
		{
			name: 'semantic',
			script: join('semantic', 'server.ts'),
			cwd: at.root,
			env,
			url: `${url}/readyz`,
			health: `${url}/healthz`,
			log: at.log
		},
		(text) => progress.line(text)
	);
	return { server, url };
}
