/** Who read rows about single people is in the audit log before they are handed out, whichever way they are asked for. */
import type { RequestEvent } from '@sveltejs/kit';
import { record, type Actor } from '../../../../app-state/index.ts';
import { appState } from './app-state.ts';
import { actorOf } from './session.ts';

const MOST_SEARCH = 500;

/** Of a page: noted once a request, with the address that says what was asked. */
export function revealing(event: RequestEvent): (rows: number) => Promise<void> {
	let noted: Promise<void> | undefined;
	return (rows) => (noted ??= noteReveal(actorOf(event), event.url.pathname, { rows, search: event.url.search.slice(0, MOST_SEARCH) }));
}

export function noteReveal(actor: Actor, target: string, detail: Record<string, string | number | null>): Promise<void> {
	return record(appState(), actor, { action: 'data.revealed', target, detail });
}
