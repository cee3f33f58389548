import type { Session } from '../../app-state/index.ts';
import type { Claims } from '../../contracts/claims.ts';
import type { Screen } from '#lib/charts/widths.ts';
import type { Locale, Theme, Up } from '#lib/preferences.ts';

declare global {
	namespace App {
		interface Error {
			/** Which designed page to show. */
			reason?: 'semantic' | 'permission' | 'not_ready' | 'state';
		}
		interface Locals {
			session: Session | null;
			/** What the reader may see; null without a session, and until a password that must be changed has been. */
			claims: Claims | null;
			locale: Locale;
			theme: Theme;
			up: Up;
			screen: Screen;
			/** Number of queries that this request sent to the semantic layer. */
			queries: number;
			/** Writes into the audit log, once a request, that rows about single people are handed out. */
			reveal: (rows: number) => Promise<void>;
			/** Aborted when the reader leaves: what is asked for them ends with it. */
			signal: AbortSignal;
		}
	}
}

export {};
