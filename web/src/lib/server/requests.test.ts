import { expect, test } from 'vitest';
import { isForeignForm, refusal } from './requests.ts';

const url = new URL('https://bi.example.com/logout');
const status = (method: string, headers: Record<string, string>, at = url) =>
	refusal(new Request(at, { method, headers }), at)?.status ?? 'goes on';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

test.each([
	['a form of this site', form, { origin: 'https://bi.example.com', 'sec-fetch-site': 'same-origin' }, 'goes on'],
	['a program', { 'content-type': 'application/json' }, {}, 'goes on'],
	['another site', form, { origin: 'https://evil.example' }, 403],
	['another site that hides its name', form, { origin: 'null' }, 403],
	['the same host on another port', form, { origin: 'https://bi.example.com:8443' }, 403],
	['the same host without TLS', form, { origin: 'http://bi.example.com' }, 403],
	['a sibling of this site', form, { 'sec-fetch-site': 'same-site' }, 403],
	['JSON from another site', { 'content-type': 'application/json' }, { origin: 'https://evil.example' }, 403],
	['text from another site', { 'content-type': 'text/plain' }, { 'sec-fetch-site': 'cross-site' }, 403],
	['an upload', { 'content-type': 'multipart/form-data; boundary=x' }, { origin: 'https://bi.example.com' }, 415],
	['text', { 'content-type': 'text/plain' }, { origin: 'https://bi.example.com' }, 415]
])('a change by %s', (_what, type, headers, expected) => {
	for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(status(method, { ...type, ...headers }), method).toBe(expected);
});

test('reading is free of that, but not of an endless address', () => {
	expect(status('GET', { origin: 'https://evil.example' })).toBe('goes on');
	expect(status('GET', {}, new URL(`https://bi.example.com/?a=${'x'.repeat(9000)}`))).toBe(414);
});

test('what SvelteKit refuses by itself: forms, and what says no kind, from elsewhere or from nobody', () => {
	const own = 'https://bi.example.com';
	const form = 'application/x-www-form-urlencoded; charset=utf-8';
	expect(isForeignForm('POST', form, 'https://evil.example', own)).toBe(true);
	expect(isForeignForm('POST', form, undefined, own)).toBe(true);
	expect(isForeignForm('DELETE', undefined, 'null', own)).toBe(true);
	expect(isForeignForm('POST', form, own, own)).toBe(false);
	expect(isForeignForm('GET', form, 'https://evil.example', own)).toBe(false);
	expect(isForeignForm('POST', 'application/json', 'https://evil.example', own)).toBe(false);
});
