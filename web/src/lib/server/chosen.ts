/** What a page carries of the members that filters can name: the few that menus list, and of all others those that are chosen. */
import type { Claims } from '../../../../contracts/claims.ts';
import type { Filters } from '#lib/filters.ts';
import { cached } from './cache.ts';
import { filterOptions, menuDays, type Option, type OptionKey } from './context.ts';
import { DIMENSION, NAME_PREFIX } from './members.ts';
import { memberNames } from './names.ts';
import { askShared, text, type Query } from './semantic.ts';

/** Named by a drill or a link, and listed in no menu. People and groups are named to whoever may see rows of theirs. */
const PERSONAL = ['group', 'inviter', 'advisor'] as const;
/** Names that are no secret within a brand; a channel of walk-ins has no leads, so that no menu has it. */
const PUBLIC = ['channel', 'campaign'] as const;

export type ShownOptions = Record<OptionKey | (typeof PERSONAL)[number] | 'campaign', Option[]>;

export async function shownOptions(claims: Claims, version: string, filters: Filters): Promise<ShownOptions> {
	const options = await filterOptions(claims, version);
	const placed = (key: 'area' | 'store') => options[key].filter(({ id }) => filters[key].includes(id) || filters.with === id);
	const [people, brand] = await Promise.all([namedPeople(claims, version, filters), namedMembers(claims, filters)]);
	const isListed = ({ id }: Option) => options.channel.some((known) => known.id === id);
	return {
		...options,
		area: placed('area'),
		store: placed('store'),
		...people,
		campaign: brand.campaign,
		channel: [...options.channel, ...brand.channel.filter((one) => !isListed(one))]
	};
}

async function namedPeople(claims: Claims, version: string, filters: Filters): Promise<Record<(typeof PERSONAL)[number], Option[]>> {
	const chosen = Object.fromEntries(PERSONAL.map((key) => [key, filters[key]]));
	const none = { group: [], inviter: [], advisor: [] };
	if (PERSONAL.every((key) => filters[key].length === 0)) return none;
	return cached(version, claims, `named ${JSON.stringify(chosen)}`, async () => {
		const timeDimensions = await menuDays(claims, version);
		const names = (key: (typeof PERSONAL)[number]) => ['zh', 'en'].map((language) => `leads.${NAME_PREFIX[key]}_name_${language}`);
		const id = (key: (typeof PERSONAL)[number]) => `leads.${DIMENSION[key]}`;
		const answers = await askShared(
			claims,
			Object.fromEntries(
				PERSONAL.map((key) => [
					key,
					filters[key].length > 0
						? ({
								dimensions: [id(key), ...names(key)],
								timeDimensions,
								filters: [{ member: id(key), operator: 'equals', values: filters[key] }],
								limit: filters[key].length
							} satisfies Query)
						: null
				])
			)
		);
		return Object.fromEntries(
			PERSONAL.map((key) => [
				key,
				(answers[key]?.[0] ?? []).flatMap((row): Option[] => {
					const known = text(row, id(key));
					const [zh, en] = names(key).map((member) => text(row, member));
					return known === null ? [] : [{ id: known, zh: zh ?? known, en: en ?? zh ?? known }];
				})
			])
		) as typeof none;
	});
}

async function namedMembers(claims: Claims, filters: Filters): Promise<Record<(typeof PUBLIC)[number], Option[]>> {
	if (PUBLIC.every((key) => filters[key].length === 0)) return { channel: [], campaign: [] };
	const nameOf = await memberNames(claims);
	const named = (key: (typeof PUBLIC)[number]) => filters[key].map((id) => ({ id, ...nameOf(key, id) })).filter(({ id, zh }) => zh !== id);
	return { channel: named('channel'), campaign: named('campaign') };
}
