/** The state of this home (accounts, saved views, notes …), opened when first asked for. Damaged, it is looked at again after a while. */
import { error } from '@sveltejs/kit';
import { openAppState, StateError, type AppState } from '../../../../app-state/index.ts';
import { environment } from './environment.ts';
import { log, withoutValues } from './log.ts';

const LOOK_AGAIN_AFTER_MS = 5_000;

let known: AppState | undefined;
let failed: { error: StateError; at: number } | undefined;

/** @throws StateError, a sentence that says what to do */
export function openState(): AppState {
	if (known) return known;
	if (failed && Date.now() - failed.at < LOOK_AGAIN_AFTER_MS) throw failed.error;
	try {
		known = openAppState(environment().home, { secret: environment().secret });
		failed = undefined;
		return known;
	} catch (caught) {
		if (!(caught instanceof StateError)) throw caught;
		if (failed?.error.message !== caught.message) log.error({ reason: caught.message }, 'the app state is out of reach');
		failed = { error: caught, at: Date.now() };
		throw caught;
	}
}

/** True for errors of the state. One that broke while it was open is closed, and looked at anew when it is asked for next. */
export function isStateFault(caught: unknown): boolean {
	if (caught instanceof StateError) return true;
	if ((caught as { code?: unknown } | null)?.code !== 'ERR_SQLITE_ERROR') return false;
	log.error({ reason: withoutValues(caught instanceof Error ? caught.message : '') }, 'the accounts could not be read');
	known?.close().catch(() => undefined);
	known = undefined;
	return true;
}

/** For pages: the state, or the page that says that it is out of reach. */
export function appState(): AppState {
	try {
		return openState();
	} catch (caught) {
		if (caught instanceof StateError) error(503, 'The accounts are out of reach.', { reason: 'state' });
		throw caught;
	}
}
