/** Requests that were refused, in the log: who, what, from where, and what was answered. Never what was sent. */
import type { RequestEvent } from '@sveltejs/kit';
import { log } from './log.ts';

/** What a schema, the check of origin, the policy and the limits answer with. */
const REFUSED = new Set([400, 401, 403, 405, 413, 414, 415, 422, 429]);
const MINUTE_MS = 60_000;

/** So many lines a minute and no more: a stranger must not be able to fill the disk. What was left out is told with the next line. */
export class Lines {
	readonly #most: number;
	#began = -Infinity;
	#written = 0;
	#leftOut = 0;

	constructor(most: number) {
		this.#most = most;
	}

	/** How many were left out before this one; null: leave this one out too. */
	take(now: number): number | null {
		if (now - this.#began >= MINUTE_MS) {
			this.#began = now;
			this.#written = 0;
		}
		if (this.#written >= this.#most) {
			this.#leftOut++;
			return null;
		}
		this.#written++;
		const before = this.#leftOut;
		this.#leftOut = 0;
		return before;
	}
}

const lines = new Lines(60);
/** A refusal inside a data request may be the answer's own status as well: it is said once. */
const noted = new WeakSet<Request>();

export function noteRefused(event: RequestEvent, status: number): void {
	if (!REFUSED.has(status) || noted.has(event.request)) return;
	noted.add(event.request);
	const leftOut = lines.take(Date.now());
	if (leftOut === null) return;
	const { locals, request, route } = event;
	log.warn(
		{
			status,
			method: request.method,
			// The address holds what somebody typed.
			route: route.id,
			who: locals.claims?.sub ?? '',
			role: locals.claims?.role,
			from: event.getClientAddress(),
			...(leftOut > 0 && { left_out: leftOut })
		},
		'refused'
	);
}
