/** What a page carries of the members that filters can name: the few that menus list, and of all others those that are chosen. */
import type { Claims } from '../../../../contracts/claims.ts';
import type { Filters } from '#lib/filters.ts';
import { cached } from './cache.ts';
import { filterOptions, type Option, type OptionKey } from './context.ts';
import { DIMENSION } from './members.ts';
import { memberNames, visibleNames } from './names.ts';

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
	const wanted = PERSONAL.map((key) => ({ dimension: DIMENSION[key], ids: filters[key] }));
	const nameOf = await cached(version, claims, `named ${JSON.stringify(wanted)}`, () => visibleNames(claims, version, wanted));
	const named = (key: (typeof PERSONAL)[number]) =>
		filters[key].flatMap((id) => {
			const name = nameOf(DIMENSION[key], id);
			return name ? [{ id, ...name }] : [];
		});
	return { group: named('group'), inviter: named('inviter'), advisor: named('advisor') };
}

async function namedMembers(claims: Claims, filters: Filters): Promise<Record<(typeof PUBLIC)[number], Option[]>> {
	if (PUBLIC.every((key) => filters[key].length === 0)) return { channel: [], campaign: [] };
	const nameOf = await memberNames(claims);
	const named = (key: (typeof PUBLIC)[number]) => filters[key].map((id) => ({ id, ...nameOf(key, id) })).filter(({ id, zh }) => zh !== id);
	return { channel: named('channel'), campaign: named('campaign') };
}
