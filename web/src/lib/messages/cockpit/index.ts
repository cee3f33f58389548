/** Words of the cockpit and of its big screen. The browser fetches only the language that is shown. */
import type { Locale } from '../../format.ts';
import type { Messages } from '../zh-CN.ts';
import type { CockpitWords } from './zh-CN.ts';

/** With the words of every page. */
export type CockpitMessages = Messages & CockpitWords;

export async function loadCockpitWords(locale: Locale): Promise<CockpitWords> {
	return locale === 'en' ? (await import('./en.ts')).en : (await import('./zh-CN.ts')).zh;
}
