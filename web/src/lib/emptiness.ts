/** Why a page shows nothing. */
import type { Filters } from './filters.ts';
import { MEMBER_FILTERS, type MemberFilter } from './parameters.ts';

export type Emptiness =
	{ kind: 'dates' } | { kind: 'members'; members: { key: MemberFilter; id: string }[] } | { kind: 'filters'; filtered: boolean };

/** Members are unknown when their dimension lists all that the reader may see and they are not among them. */
export function emptiness(
	period: { from: string; to: string },
	dates: { first: string; until: string },
	filters: Pick<Filters, MemberFilter | 'without' | 'province' | 'stage' | 'stopped'>,
	options: Partial<Record<MemberFilter, readonly { id: string }[]>>,
	listed = 600
): Emptiness {
	if (period.to < dates.first || period.from > dates.until) return { kind: 'dates' };
	const members = MEMBER_FILTERS.flatMap((key) => {
		const known = options[key];
		if (!known || known.length >= listed) return [];
		return filters[key].filter((id) => !known.some((option) => option.id === id)).map((id) => ({ key, id }));
	});
	if (members.length > 0) return { kind: 'members', members };
	const others = filters.without.length + filters.province.length > 0 || Boolean(filters.stage ?? filters.stopped);
	return { kind: 'filters', filtered: others || MEMBER_FILTERS.some((key) => filters[key].length > 0) };
}
