/** Both languages at hand: for the server, where a reader's language is known only with the request. */
import type { Locale } from '../../format.ts';
import { en } from './en.ts';
import type { ChannelMessages } from './types.ts';
import { zh } from './zh-CN.ts';

export const channelMessages: Record<Locale, ChannelMessages> = { 'zh-CN': zh, en };
