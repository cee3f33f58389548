/** Answers say what they are: whatever has a body its type, and text its encoding, which is UTF-8 throughout. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** JSON has one encoding by its definition; a reader of these must be told. */
const TEXT = /^(text\/[\w.+-]+|[\w.-]+\/([\w.+-]+\+)?xml)$/i;
const SENTENCE = 'text/plain; charset=utf-8';

/** Completes the headers when they are written: SvelteKit's own refusals and its server of files leave something out. */
export function sayType(response: ServerResponse): void {
	const writeHead = response.writeHead.bind(response) as (...rest: unknown[]) => ServerResponse;
	Object.assign(response, {
		writeHead: (status: number, ...rest: unknown[]) => {
			const given = rest.at(-1);
			if (isHeaders(given)) {
				rest.pop();
				for (const [name, value] of Object.entries(given)) if (value !== undefined) response.setHeader(name, value);
			}
			const type = response.getHeader('content-type');
			if (typeof type === 'string' && TEXT.test(type)) response.setHeader('content-type', `${type}; charset=utf-8`);
			// What nobody gave a type is a sentence of SvelteKit's.
			if (!type && (status === 200 || status >= 400)) response.setHeader('content-type', SENTENCE);
			return writeHead(status, ...rest);
		}
	});
}

const isHeaders = (given: unknown): given is OutgoingHttpHeaders => typeof given === 'object' && given !== null && !Array.isArray(given);
