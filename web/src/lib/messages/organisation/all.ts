/** Both languages at hand: for the server, where a reader's language is known only with the request. */
import type { Locale } from '../../format.ts';
import { en } from './en.ts';
import type { OrganisationMessages } from './types.ts';
import { zh } from './zh-CN.ts';

export const organisationMessages: Record<Locale, OrganisationMessages> = { 'zh-CN': zh, en };
