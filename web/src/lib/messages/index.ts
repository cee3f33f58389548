/** Words by locale. The browser fetches only the language that is shown. */
import type { Locale } from '../format.ts';
import type { Messages } from './zh-CN.ts';

export type { Messages };

export async function loadMessages(locale: Locale): Promise<Messages> {
	return locale === 'en' ? (await import('./en.ts')).en : (await import('./zh-CN.ts')).zh;
}
