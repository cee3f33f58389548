/** Words of the channels page. The browser fetches only the language that is shown. */
import type { Locale } from '../../format.ts';
import type { ChannelMessages } from './types.ts';

export type * from './types.ts';

export async function loadChannelMessages(locale: Locale): Promise<ChannelMessages> {
	return locale === 'en' ? (await import('./en.ts')).en : (await import('./zh-CN.ts')).zh;
}
