import type { Claims } from '../../contracts/claims.ts';
import type { Locale, Theme } from '#lib/preferences.ts';

declare global {
	namespace App {
		interface Error {
			/** Which designed page to show. */
			reason?: 'semantic' | 'permission' | 'not_ready' | 'state';
		}
		interface Locals {
			claims: Claims | null;
			locale: Locale;
			theme: Theme;
			/** Number of queries that this request sent to the semantic layer. */
			queries: number;
		}
	}
}

export {};
