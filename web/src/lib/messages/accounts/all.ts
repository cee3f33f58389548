/** Both languages at hand: for the server, where a reader's language is known only with the request. */
import type { Locale } from '../../format.ts';
import { en } from './en.ts';
import { type AccountMessages, zh } from './zh-CN.ts';

export const accountMessages: Record<Locale, AccountMessages> = { 'zh-CN': zh, en };
