/** A real OIDC server (oidc-provider), and a person who walks through its pages. */
import { createServer, type Server } from 'node:http';
import { Provider } from 'oidc-provider';
import { freePort } from '../serve/ports.ts';
import { Visitor } from './web-server.ts';

export const CLIENT = 'onelane';
export const CLIENT_SECRET = 'the secret of the client: 0123456789';

/** People of the company and their groups; changed by tests. */
export const people = new Map<string, { name: string; groups: string[]; amr?: string[] }>([
	['rita', { name: 'Rita Wang', groups: ['region-R1', 'region-R2', 'everybody'] }],
	['max', { name: 'Max Li', groups: ['everybody'] }],
	['out', { name: 'Out Sider', groups: ['canteen'] }]
]);

/** @param signed how people proved who they are is in the signed token, else in its user-info alone */
export async function startProvider(redirect: () => string, signed = false): Promise<{ issuer: string; server: Server }> {
	const port = await freePort('127.0.0.1');
	const issuer = `http://127.0.0.1:${port}`;
	const provider = new Provider(issuer, {
		clients: [
			{
				client_id: CLIENT,
				client_secret: CLIENT_SECRET,
				redirect_uris: [redirect()],
				response_types: ['code'],
				grant_types: ['authorization_code'],
				token_endpoint_auth_method: 'client_secret_basic'
			}
		],
		pkce: { required: () => true },
		claims: { openid: ['sub', 'amr'], profile: ['name', 'groups'], email: ['email'] },
		findAccount: (_ctx, sub) => ({
			accountId: sub,
			claims: () => ({ sub, name: people.get(sub)?.name, groups: people.get(sub)?.groups, amr: people.get(sub)?.amr })
		}),
		features: { devInteractions: { enabled: true } }
	});
	provider.on('authorization.accepted', ({ oidc: { session } }) => {
		const shown = people.get(session?.accountId ?? '')?.amr;
		if (signed && session && shown) session.amr = shown;
	});
	const server = createServer(provider.callback());
	await new Promise<void>((done) => server.listen(port, '127.0.0.1', () => done()));
	return { issuer, server };
}

/** Walks through the provider's own pages as `who`; returns the address that it sends the browser back to. */
export async function walk(issuer: string, start: string, who: string): Promise<string> {
	const browser = new Visitor(issuer);
	let at = start;
	for (let step = 0; step < 12; step++) {
		if (!at.startsWith(issuer)) return at;
		const answer = await browser.get(at);
		const location = answer.headers.get('location');
		if (location) {
			at = new URL(location, at).href;
			continue;
		}
		const html = await answer.text();
		const action = /action="([^"]+)"/.exec(html)?.[1];
		const prompt = /name="prompt" value="([^"]+)"/.exec(html)?.[1];
		if (!action || !prompt)
			throw new Error(`The provider shows a page that is no step of signing in (${answer.status}): ${html.slice(0, 500)}`);
		const sent = await browser.post(action, prompt === 'login' ? { prompt, login: who, password: 'any' } : { prompt });
		at = new URL(sent.headers.get('location') ?? '', at).href;
	}
	throw new Error('The provider never came back.');
}
