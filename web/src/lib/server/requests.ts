/** Requests that are refused before anything else looks at them. */

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Bodies that onelane reads. There is nothing to upload. */
const BODIES = /^(application\/x-www-form-urlencoded|application\/json)\b/i;
const MOST_PATH = 8_000;

/** Null: the request may go on. */
export function refusal(request: Request, url: URL): Response | null {
	if (url.pathname.length + url.search.length > MOST_PATH) return words(414, 'This address is too long.');
	if (SAFE.has(request.method)) return null;
	if (isForeign(request, url)) return words(403, 'This request came from another site.');
	const type = request.headers.get('content-type');
	if (type !== null && !BODIES.test(type)) return words(415, 'Send a form or JSON; nothing is uploaded here.');
	return null;
}

/** Browsers say where a change comes from, whatever its kind of body; programs say nothing and bring no cookie of a browser. */
function isForeign(request: Request, url: URL): boolean {
	const origin = request.headers.get('origin');
	if (origin !== null) return origin !== url.origin;
	const site = request.headers.get('sec-fetch-site');
	return site !== null && site !== 'same-origin' && site !== 'none';
}

/** What forms send, or a request that does not say what it sends. */
const FORMS = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain|application\/x-sveltekit-formdata)\s*(;|$)/i;

/** SvelteKit refuses these itself, before it asks anything of ours. */
export function isForeignForm(method: string | undefined, type: string | undefined, origin: string | undefined, own: string): boolean {
	return /^(POST|PUT|PATCH|DELETE)$/.test(method ?? '') && (!type || FORMS.test(type)) && origin !== own;
}

function words(status: number, text: string): Response {
	return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
