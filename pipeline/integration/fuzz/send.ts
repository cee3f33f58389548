/** Requests that are not as they should be, several at a time; what came back, and what must never come back. */

export interface Shot {
	what: string;
	url: string;
	init: RequestInit;
}

export interface Tally {
	sent: number;
	byStatus: Record<number, number>;
	/** Answers of 500 and above, and requests that nobody answered. */
	wrong: string[];
	/** Milliseconds that the slowest answer took, and what was asked: it grows long before a request goes unanswered. */
	slowest: { ms: number; what: string };
}

const AT_ONCE = 8;
const HANGS_AFTER_MS = 20_000;

export const tally = (): Tally => ({ sent: 0, byStatus: {}, wrong: [], slowest: { ms: 0, what: '' } });

export async function fire(shots: readonly Shot[], counts: Tally): Promise<void> {
	const waiting = [...shots];
	const shoot = async () => {
		for (let shot = waiting.pop(); shot; shot = waiting.pop()) {
			counts.sent++;
			const began = performance.now();
			try {
				const response = await fetch(shot.url, { ...shot.init, redirect: 'manual', signal: AbortSignal.timeout(HANGS_AFTER_MS) });
				const text = await response.text();
				const ms = Math.round(performance.now() - began);
				if (ms > counts.slowest.ms) counts.slowest = { ms, what: shot.what.slice(0, 120) };
				counts.byStatus[response.status] = (counts.byStatus[response.status] ?? 0) + 1;
				if (response.status >= 500) counts.wrong.push(`${shot.what}: ${response.status} ${text.replace(/\s+/g, ' ').slice(0, 200)}`);
			} catch (error) {
				// The client itself refuses to send some headers; everything else is the server's fault.
				if (error instanceof TypeError && /invalid|ByteString/i.test(`${error.message} ${String(error.cause)}`)) continue;
				counts.wrong.push(`${shot.what}: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, shoot));
}

/** Each path into a value, such as `query.filters.0.values`, with what replaces it written out as JSON. */
export function* mutations(value: unknown, replacements: readonly string[]): Generator<{ path: string; text: string }> {
	const MARK = '"@@here@@"';
	for (const path of paths(value)) {
		const marked = JSON.stringify(replaced(value, path, '@@here@@'));
		for (const replacement of replacements)
			yield { path: `${path.join('.')} = ${replacement.slice(0, 40)}`, text: marked.replace(MARK, () => replacement) };
		const key = path.at(-1);
		if (typeof key === 'string')
			yield { path: `${path.join('.')} twice`, text: marked.replace(`"${key}":${MARK}`, () => `"${key}":1,"${key}":[]`) };
	}
	yield* replacements.map((text) => ({ path: `all = ${text.slice(0, 40)}`, text }));
	yield { path: 'cut off', text: JSON.stringify(value).slice(0, -5) };
}

function* paths(value: unknown, at: (string | number)[] = []): Generator<(string | number)[]> {
	if (at.length > 0) yield at;
	if (Array.isArray(value)) for (const [index, one] of value.entries()) yield* paths(one, [...at, index]);
	else if (value !== null && typeof value === 'object') {
		for (const [key, one] of Object.entries(value)) yield* paths(one, [...at, key]);
		yield [...at, 'unknown'];
	}
}

function replaced(value: unknown, [step, ...rest]: readonly (string | number)[], by: unknown): unknown {
	if (step === undefined) return by;
	if (Array.isArray(value)) return value.map((one, index) => (index === step ? replaced(one, rest, by) : (one as unknown)));
	const object = value as Record<string, unknown>;
	return { ...object, [step]: replaced(object[step], rest, by) };
}
