import { island, type Island } from '#lib/island/island.ts';
import { loadAccountMessages } from '#lib/messages/accounts/index.ts';
import type { Locale } from '#lib/format.ts';

/** For the `load` of a page of accounts: its forms work as the server wrote them, so its code and words wait until somebody turns to it. */
export function accountPage(body: () => Promise<{ default: unknown }>, locale: Locale): Promise<Island> {
	return island(async () => {
		const [{ default: Body }, a] = await Promise.all([body(), loadAccountMessages(locale)]);
		return { Body, words: { a } };
	});
}
