/** Words of the sign-in page. The browser fetches only the language that is shown. */
import type { Locale } from '../../format.ts';
import type { Messages } from '../zh-CN.ts';
import type { LoginWords } from './zh-CN.ts';

/** With the words of every page. */
export type LoginMessages = Messages & LoginWords;

export async function loadLoginWords(locale: Locale): Promise<LoginWords> {
	return locale === 'en' ? (await import('./en.ts')).en : (await import('./zh-CN.ts')).zh;
}
