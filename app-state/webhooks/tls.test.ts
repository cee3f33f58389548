/** The guard over a real TLS server: what is sent arrives, a redirect is followed nowhere, and a wrong certificate ends it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendWebhook, type SendOptions } from './guard.ts';

const HOST = 'hooks.example.com';
const folder = mkdtempSync(join(tmpdir(), 'onelane-webhook-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A certificate that vouches for itself, for one name and a day. */
function certificate(name: string): { key: string; cert: string } | null {
	const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
	const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', `/CN=${name}`];
	try {
		execFileSync('openssl', ['req', '-x509', ...made, '-addext', `subjectAltName=DNS:${name}`, '-keyout', key, '-out', cert], {
			stdio: 'ignore'
		});
	} catch {
		return null;
	}
	return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

const right = certificate(HOST);
const other = certificate('other.example.com');
if (!right || !other)
	process.stderr.write('\n  SKIPPED: webhooks over TLS were not tried: there is no openssl to make a certificate with.\n\n');

describe.skipIf(!right || !other)('a webhook over TLS', () => {
	const asked: { path: string; body: string; host: string | undefined }[] = [];
	let server: Server;
	let inside: Server;
	let insideAsked = 0;

	const port = (of: Server) => (of.address() as AddressInfo).port;
	const options = (ca: string | undefined): SendOptions => ({
		allowed: [HOST],
		resolve: () => Promise.resolve([{ address: '1.1.1.1', family: 4 }]),
		// The public address that was checked stands for this machine.
		connection: {
			ca,
			port: port(server),
			lookup: (_host, how, callback) => (how.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4))
		}
	});

	beforeAll(async () => {
		inside = createServer({ ...right }, (_, response) => {
			insideAsked++;
			response.end();
		});
		await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done));
		server = createServer({ ...right }, (request, response) => {
			let body = '';
			request.on('data', (part) => (body += String(part)));
			request.on('end', () => {
				const path = request.url ?? '';
				asked.push({ path, body, host: request.headers.host });
				const status = Number(/\d{3}/.exec(path)?.[0] ?? 200);
				const location = status >= 300 && status < 400 ? { location: `https://${HOST}:${port(inside)}/secret` } : {};
				response.writeHead(status, location).end('an answer that nobody reads');
			});
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	});
	afterAll(() => {
		for (const one of [server, inside]) {
			one?.closeAllConnections();
			one?.close();
		}
	});

	test('arrives as JSON, under the name of the host', async () => {
		expect(await sendWebhook(`https://${HOST}/hook?a=1`, { leads: 3 }, options(right?.cert))).toBe(200);
		expect(asked.at(-1)).toMatchObject({ path: '/hook?a=1', body: '{"leads":3}' });
		expect(asked.at(-1)?.host).toContain(HOST);
	});

	test.each([301, 302, 303, 307, 308])('a redirect (%i) is an error and leads nowhere', async (status) => {
		const before = asked.length;
		await expect(sendWebhook(`https://${HOST}/${status}`, {}, options(right?.cert))).rejects.toThrow('redirect, which is not followed');
		expect(asked.length).toBe(before + 1);
		expect(insideAsked).toBe(0);
		// It would have been there.
		await new Promise<void>((done, failed) => {
			const socket = connect(port(inside), '127.0.0.1', () => done(socket.destroy() as unknown as undefined));
			socket.on('error', failed);
		});
	});

	test('a server that fails is told by its status', async () => {
		expect(await sendWebhook(`https://${HOST}/503`, {}, options(right?.cert))).toBe(503);
	});

	test('nothing is sent to whoever cannot show a certificate for the name', async () => {
		const before = asked.length;
		for (const ca of [undefined, other?.cert])
			await expect(sendWebhook(`https://${HOST}/hook`, { secret: 1 }, options(ca))).rejects.toThrow(/did not reach/);
		const wrong = createServer({ ...other }, (_, response) => response.end());
		await new Promise<void>((done) => wrong.listen(0, '127.0.0.1', done));
		const given = options(other?.cert);
		const to = { ...given, connection: { ...given.connection, port: port(wrong) } };
		await expect(sendWebhook(`https://${HOST}/hook`, { secret: 1 }, to)).rejects.toThrow(/did not reach/);
		wrong.close();
		expect(asked.length).toBe(before);
	});
});
