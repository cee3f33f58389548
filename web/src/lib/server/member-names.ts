/** Name of the member that a page is compared with. */
import { comparedMember } from '#lib/comparison.ts';
import type { Filters } from '#lib/filters.ts';
import type { Locale } from '#lib/format.ts';
import { filterOptions } from './context.ts';

export async function memberName({ claims }: App.Locals, filters: Filters, version: string, locale: Locale): Promise<string | null> {
	const member = comparedMember(filters);
	if (!claims || !member || !filters.with || filters.compare !== 'member') return null;
	const options = await filterOptions(claims, version);
	const list = member.key in options ? options[member.key as keyof typeof options] : [];
	const option = list.find(({ id }) => id === filters.with);
	return option ? (locale === 'en' ? option.en : option.zh) : filters.with;
}
