/**
 * Outgoing webhooks: only to hosts that the configuration allows, only to public addresses, and to the very address that was checked.
 * Nothing sends one yet; whatever will must go through here.
 */
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { request, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from './addresses.ts';

export class WebhookError extends Error {
	override name = 'WebhookError';
}

export type Resolve = (host: string) => Promise<LookupAddress[]>;

const resolveBySystem: Resolve = (host) =>
	new Promise((resolve, reject) =>
		systemLookup(host, { all: true, verbatim: true }, (error, found) => (error ? reject(error) : resolve(found)))
	);

export interface Destination {
	url: URL;
	/** The one address that is spoken to, whatever DNS says a moment later. */
	address: LookupAddress;
}

/**
 * Whether a webhook may go there.
 * @param allowed hosts: exact names, or ".example.com" for the names below it
 * @throws WebhookError, a sentence
 */
export async function checkDestination(text: string, allowed: readonly string[], resolve: Resolve = resolveBySystem): Promise<Destination> {
	if (!URL.canParse(text)) throw new WebhookError('A webhook needs a whole address, such as "https://hooks.example.com/x".');
	const url = new URL(text);
	if (url.protocol !== 'https:') throw new WebhookError('A webhook goes over https only.');
	if (url.username || url.password) throw new WebhookError('The address of a webhook holds no user and password.');
	if (url.port !== '') throw new WebhookError('A webhook goes to port 443 only.');
	// URL has already made one form of it: lower case, punycode, and octal, decimal or hexadecimal numbers as plain IPv4.
	const host = url.hostname.replace(/\.$/, '');
	if (isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0) throw new WebhookError('A webhook goes to a name, not to a number.');
	if (!allowed.some((rule) => fits(host, rule.toLowerCase())))
		throw new WebhookError(`"${host}" is not among the hosts that webhooks may go to.`);
	const found = await resolve(host).catch(() => []);
	const [address] = found;
	if (!address) throw new WebhookError(`"${host}" has no address.`);
	// One inside is enough to refuse: which of them is taken would be chance.
	if (!found.every((one) => isPublicAddress(one.address)))
		throw new WebhookError(`"${host}" leads to an address that is not of the public internet.`);
	return { url, address };
}

const fits = (host: string, rule: string) => (rule.startsWith('.') ? host.endsWith(rule) && host.length > rule.length : host === rule);

const MOST_BODY = 256 * 1024;
const WITHIN = 10_000;

export interface SendOptions {
	allowed: readonly string[];
	resolve?: Resolve;
	/** For tests: a certificate authority, and where the checked address really is. */
	connection?: Pick<RequestOptions, 'ca' | 'port' | 'lookup'>;
}

/** Posts JSON; returns the status. Follows no redirect, reads no answer. @throws WebhookError */
export async function sendWebhook(text: string, body: unknown, { allowed, resolve, connection }: SendOptions): Promise<number> {
	const payload = JSON.stringify(body);
	if (Buffer.byteLength(payload) > MOST_BODY) throw new WebhookError(`A webhook carries at most ${MOST_BODY / 1024} kB.`);
	const { url, address } = await checkDestination(text, allowed, resolve);
	const status = await new Promise<number>((done, failed) => {
		const asked = request(
			{
				method: 'POST',
				host: url.hostname,
				servername: url.hostname,
				path: url.pathname + url.search,
				agent: false,
				timeout: WITHIN,
				signal: AbortSignal.timeout(WITHIN),
				headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload), 'user-agent': 'onelane' },
				// Pinned: no second question to DNS. Node asks for one or for all of them.
				lookup: (_host, options, callback) => (options.all ? callback(null, [address]) : callback(null, address.address, address.family)),
				...connection
			},
			(answer) => {
				answer.destroy();
				done(answer.statusCode ?? 0);
			}
		);
		asked.on('error', (error) => failed(new WebhookError(`The webhook did not reach "${url.hostname}": ${error.message}`)));
		asked.end(payload);
	});
	if (status >= 300 && status < 400) throw new WebhookError(`"${url.hostname}" answered with a redirect, which is not followed.`);
	return status;
}
