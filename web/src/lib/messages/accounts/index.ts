/** Words of sign-in, account, users and audit log. The browser fetches only the language that is shown. */
import type { Locale } from '../../format.ts';
import type { AccountMessages } from './zh-CN.ts';

export type { AccountMessages };

export async function loadAccountMessages(locale: Locale): Promise<AccountMessages> {
	return locale === 'en' ? (await import('./en.ts')).en : (await import('./zh-CN.ts')).zh;
}
