/** Logs hold no personal data: neither what was landed nor what somebody typed, also when things go wrong. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { claimsFor, demo, sessionCookie, sign } from './support.ts';

const MANY = 5_000;
/** Shorter ones are in words. */
const SHORTEST = 2;

describe.skipIf(demo === null)('logs', () => {
	const at = demo ?? { home: '', url: '', semanticUrl: '' };

	async function people(): Promise<{ phones: string[]; names: string[] }> {
		const instance = await DuckDBInstance.create(join(at.home, 'raw.duckdb'), { access_mode: 'READ_ONLY' });
		const connection = await instance.connect();
		const values = async (where: string) =>
			(await connection.runAndReadAll(`select distinct value from restricted.identifiers where ${where} order by hash limit ${MANY}`))
				.getRows()
				.map(([value]) => String(value));
		const [phones, names] = [await values("type = 'phone'"), await values("type like '%name%'")];
		connection.closeSync();
		instance.closeSync();
		return { phones: phones.map((phone) => phone.replace(/^\+86/, '')), names: names.filter((name) => name.length > SHORTEST) };
	}

	function logs(): { file: string; text: string }[] {
		const folders = [join(at.home, 'logs'), join(at.home, 'dbt', 'logs')].filter((folder) => existsSync(folder));
		const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
		return [...files, join(at.home, 'refresh.json')]
			.filter((file) => existsSync(file))
			.map((file) => ({ file, text: readFileSync(file, 'utf8') }));
	}

	test('hold no phone and no name of anybody', async () => {
		const { phones, names } = await people();
		expect(phones.length).toBeGreaterThan(500);
		expect(names.length).toBeGreaterThan(100);
		await typeIn(phones[0] ?? '', names[0] ?? '');
		const files = logs();
		expect(files.map(({ file }) => file.split('/').at(-1))).toEqual(expect.arrayContaining(['semantic.log', 'web.log', 'refresh.json']));
		for (const { file, text } of files) {
			const there = pieces(text);
			const found = [...phones, ...names].filter((value) => there.has(value));
			expect({ file, found: found.slice(0, 3) }).toEqual({ file, found: [] });
		}
	});

	test('of the servers are lines of JSON', () => {
		for (const name of ['semantic.log', 'web.log']) {
			const lines = readFileSync(join(at.home, 'logs', name), 'utf8')
				.trim()
				.split('\n');
			// Said by programs of others and by the system before a log is there.
			const plain = lines.filter((line) => !line.startsWith('{') && !/^(Listening on |Warning|\(node:|\(Use `node)/.test(line));
			expect(plain).toEqual([]);
		}
	});

	/** As people do: into filters, addresses, forms and queries, also broken ones. */
	async function typeIn(phone: string, name: string): Promise<void> {
		const cookie = await sessionCookie(at.home);
		const token = await sign(at.home, claimsFor(at.home, 'analyst'));
		const query = (value: unknown, member = 'leads.name_masked') => ({
			query: { dimensions: [member], filters: [{ member, operator: 'equals', values: [value] }] }
		});
		const ask = (body: unknown) =>
			fetch(`${at.semanticUrl}/cubejs-api/v1/load`, {
				method: 'POST',
				headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
				body: JSON.stringify(body)
			});
		for (const value of [phone, name]) {
			const text = encodeURIComponent(value);
			for (const path of [`/funnel?channel=${text}`, `/${text}`, `/leads?cursor=${text}`, `/login?to=/${text}`, `/export/${text}`])
				await fetch(at.url + path, { headers: { cookie }, redirect: 'manual' });
			await fetch(`${at.url}/login`, {
				method: 'POST',
				headers: { cookie, origin: at.url },
				body: new URLSearchParams({ role: value, member: value })
			});
			await fetch(`${at.url}/api/v1/load?query=${text}`, { headers: { cookie } });
			await ask(query(value));
			await ask(query(value, 'leads.attempts_value'));
			await ask({ query: { dimensions: [value] } });
		}
	}
});

/** Everything in a text that could be a phone or a name: numbers, and stretches of letters of three and four. */
function pieces(text: string): Set<string> {
	const found = new Set(text.match(/\d{7,}/g));
	for (const [run] of text.matchAll(/\p{Script=Han}{3,}/gu))
		for (const length of [3, 4]) for (let at = 0; at + length <= run.length; at++) found.add(run.slice(at, at + length));
	for (const [run] of text.matchAll(/[A-Za-z]+(?: [A-Za-z]+)+/g)) found.add(run);
	return found;
}
