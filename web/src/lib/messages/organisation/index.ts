/** Words of the organisation page. The browser fetches only the language that is shown. */
import type { Locale } from '../../format.ts';
import type { OrganisationMessages } from './types.ts';

export type * from './types.ts';

export async function loadOrganisationMessages(locale: Locale): Promise<OrganisationMessages> {
	return locale === 'en' ? (await import('./en.ts')).en : (await import('./zh-CN.ts')).zh;
}
