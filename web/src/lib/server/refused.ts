/** Requests that were refused, in the log: who, what, from where, and what was answered. Never what was sent. */
import type { RequestEvent } from '@sveltejs/kit';
import { networkOf } from '../../../../contracts/network.ts';
import { log } from './log.ts';

/** What a schema, the check of origin, the policy and the limits answer with. */
const REFUSED = new Set([400, 401, 403, 405, 413, 414, 415, 421, 422, 429]);
const MINUTE_MS = 60_000;
/** Lines a minute. A stranger must not fill the disk, and a flood by one must not hide what others do. */
const LIMITS = { perSource: 10, together: 120, sources: 500 };

interface Refused {
	status: number;
	method: string;
	/** Not the address: that holds what somebody typed. */
	route: string | null;
	/** Empty: nobody who has signed in. */
	who: string;
	role?: string | undefined;
	from: string;
}

/**
 * Which refusals of this minute are written: of each source and status the first few, of all together a bounded number; the first of
 * a source always, as long as there is room to remember it.
 */
export class Minute {
	readonly #limits: typeof LIMITS;
	readonly #sources = new Map<string, { written: number; leftOut: number }>();
	#written = 0;
	#nameless = 0;

	constructor(limits: typeof LIMITS) {
		this.#limits = limits;
	}

	/** False: this one is left out and counted. */
	take(source: string): boolean {
		const { perSource, together, sources } = this.#limits;
		let seen = this.#sources.get(source);
		if (seen === undefined) {
			if (this.#sources.size >= sources) {
				this.#nameless++;
				return false;
			}
			this.#sources.set(source, (seen = { written: 0, leftOut: 0 }));
		}
		if (seen.written >= perSource || (seen.written > 0 && this.#written >= together)) {
			seen.leftOut++;
			return false;
		}
		seen.written++;
		this.#written++;
		return true;
	}

	/** How many were left out, by source; of those that there was no room to remember, in one number. */
	leftOut(): { sources: Map<string, number>; nameless: number } {
		const sources = new Map([...this.#sources].filter(([, seen]) => seen.leftOut > 0).map(([source, seen]) => [source, seen.leftOut]));
		return { sources, nameless: this.#nameless };
	}
}

/** People who have signed in are few and known: strangers, however many they are, take nothing of their room. */
const minutes = new Map<'people' | 'strangers', Minute>();

function write(refused: Refused): void {
	const kind = refused.who === '' ? 'strangers' : 'people';
	let minute = minutes.get(kind);
	if (minute === undefined) {
		minutes.set(kind, (minute = new Minute(LIMITS)));
		setTimeout(() => end(kind), MINUTE_MS).unref();
	}
	const source = refused.who || networkOf(refused.from);
	if (minute.take(`${refused.status} ${source}`)) log.warn(refused, 'refused');
}

/** Says how many were left out, also when nothing more comes. */
function end(kind: 'people' | 'strangers'): void {
	const { sources, nameless } = minutes.get(kind)?.leftOut() ?? { sources: new Map<string, number>(), nameless: 0 };
	minutes.delete(kind);
	for (const [key, left_out] of sources) {
		const [status = '', source = ''] = key.split(' ');
		log.warn({ status: Number(status), [kind === 'people' ? 'who' : 'from']: source, left_out }, 'refused, more often than written');
	}
	if (nameless > 0) log.warn({ left_out: nameless }, 'refused, from more sources than are told apart');
}

/** A refusal inside a data request may be the answer's own status as well: it is said once. */
const noted = new WeakSet<Request>();

export function noteRefused(event: RequestEvent, status: number): void {
	if (!REFUSED.has(status) || noted.has(event.request)) return;
	noted.add(event.request);
	const { locals, request, route } = event;
	write({
		status,
		method: request.method,
		route: route.id,
		who: locals.claims?.sub ?? '',
		role: locals.claims?.role,
		from: event.getClientAddress()
	});
}

/** What is refused before it is known who asks and for which page. */
export function noteRefusedBefore(status: number, method: string, from: string): void {
	write({ status, method, route: null, who: '', from });
}
