/** Words of the funnel. The browser fetches only the language that is shown. */
import type { Locale } from '../../format.ts';
import type { Messages } from '../zh-CN.ts';
import type { FunnelWords } from './zh-CN.ts';

/** With the words of every page. */
export type FunnelMessages = Messages & FunnelWords;

export async function loadFunnelWords(locale: Locale): Promise<FunnelWords> {
	return locale === 'en' ? (await import('./en.ts')).en : (await import('./zh-CN.ts')).zh;
}
