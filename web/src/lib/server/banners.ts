/** What every page says above its figures about the data that it shows, or about its own address. */
import type { Pointer, RefreshState } from '../../../../contracts/pointer.ts';
import { formatInstant, isStale } from '#lib/dates.ts';
import type { FilterNotice } from '#lib/filters.ts';
import type { Locale } from '#lib/format.ts';
import { bannerMessages, type BannerMessages } from '#lib/messages/banners.ts';

export interface Banner {
	/** `bad`: figures may be wrong to decide by; `plain`: all is well. */
	tone: 'bad' | 'warn' | 'plain';
	title: string | null;
	lines: { text: string; lang?: 'en' }[];
}

const TESTS_NAMED = 5;

/** `now`: an instant, like those of the pointer. */
export function bannersOf(
	{ pointer, refresh }: { pointer: Pick<Pointer, 'built_at' | 'timezone'>; refresh: RefreshState | null },
	notices: readonly FilterNotice[],
	locale: Locale,
	now: string
): Banner[] {
	const words = bannerMessages[locale];
	const at = (instant: string) => formatInstant(instant, locale, pointer.timezone);
	const served = at(pointer.built_at);
	const data = ofRefresh(refresh, served, at, words, locale);
	const stale: Banner = { tone: 'bad', title: words.staleTitle, lines: [{ text: words.stale(served) }] };
	const said = data ?? (isStale(pointer.built_at, now) ? stale : null);
	const address: Banner = {
		tone: 'warn',
		title: words.noticeTitle,
		lines: notices.map(({ kind, key, value }) => ({ text: words.notice[kind](key, value) }))
	};
	return [...(said ? [said] : []), ...(notices.length > 0 ? [address] : [])];
}

function ofRefresh(
	refresh: RefreshState | null,
	served: string,
	at: (instant: string) => string,
	words: BannerMessages,
	locale: Locale
): Banner | null {
	switch (refresh?.status) {
		case 'failed':
			return {
				tone: 'bad',
				title: words.failedTitle,
				lines: [{ text: words.failed(at(refresh.finished_at ?? refresh.started_at), served) }, ...why(refresh, words, locale)]
			};
		case 'running':
			return { tone: 'plain', title: null, lines: [{ text: words.running }] };
		case 'rolled_back':
			return { tone: 'warn', title: null, lines: [{ text: words.rolledBack(served) }] };
		default:
			return null;
	}
}

/** The checks that failed, or else where it stopped and the sentence of the pipeline, which is English. */
function why({ message, step, failed_tests: failed }: RefreshState, words: BannerMessages, locale: Locale): Banner['lines'] {
	if (failed.length === 0) return [{ text: words.failedStep[step] }, ...(message ? [{ text: message, lang: 'en' as const }] : [])];
	const named = failed.slice(0, TESTS_NAMED).map(({ name }) => name);
	if (failed.length > TESTS_NAMED) named.push(words.moreTests(failed.length - TESTS_NAMED));
	return [{ text: words.failedTests(named.join(locale === 'en' ? ', ' : '、')) }];
}
