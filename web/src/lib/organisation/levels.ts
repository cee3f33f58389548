/** The way down the organisation: region → area → store → advisor or inviter → leads. The address holds it. */
import type { Role } from '../../../../contracts/claims.ts';
import { withParameters } from '../parameters.ts';

/** Levels that have members to compare; `group` cuts across the line of management. */
export const MEMBER_LEVELS = ['region', 'area', 'store', 'group', 'advisor', 'inviter'] as const;
export type MemberLevel = (typeof MEMBER_LEVELS)[number];
/** Below a person come the single leads. */
export type Level = MemberLevel | 'leads';

/** The parts of the filters that decide the level. */
export interface LevelFilters extends Record<MemberLevel, string[]> {
	by?: string | undefined;
}

const START: Record<Role, Level> = {
	executive: 'region',
	analyst: 'region',
	administrator: 'region',
	marketing: 'region',
	region_manager: 'area',
	area_manager: 'store',
	dealer_group: 'store',
	store_manager: 'advisor',
	inviter: 'leads',
	advisor: 'leads'
};
const BELOW: Record<MemberLevel, Level> = {
	region: 'area',
	area: 'store',
	group: 'store',
	store: 'advisor',
	advisor: 'leads',
	inviter: 'leads'
};
const DEEPEST_FIRST: readonly MemberLevel[] = ['advisor', 'inviter', 'store', 'group', 'area', 'region'];

export function isMemberLevel(value: string | undefined): value is MemberLevel {
	return (MEMBER_LEVELS as readonly (string | undefined)[]).includes(value);
}

/** What the page lists: what the address asks for, else what lies below the one chosen member; several chosen members are compared with each other. `exists` says of which levels there are members at all: a brand without regions starts with its people. */
export function levelOf(filters: LevelFilters, role: Role, exists: (level: MemberLevel) => boolean = () => true): Level {
	if (isMemberLevel(filters.by)) return filters.by;
	const chosen = DEEPEST_FIRST.find((level) => filters[level].length > 0);
	if (!chosen) return firstExisting(START[role], exists);
	const below = BELOW[chosen];
	return filters[chosen].length === 1 || below === 'leads' ? firstExisting(below, exists) : chosen;
}

function firstExisting(start: Level, exists: (level: MemberLevel) => boolean): Level {
	let level = start;
	while ((level === 'region' || level === 'area' || level === 'store') && !exists(level))
		level = level === 'store' ? 'inviter' : BELOW[level];
	return level;
}

/** The chosen member that the page is about, and the level of its peers; null for everybody, or for several at once. */
export function focusOf(filters: LevelFilters): { level: MemberLevel; id: string } | null {
	const level = DEEPEST_FIRST.find((each) => filters[each].length > 0);
	const [id, ...more] = level ? filters[level] : [];
	return level && id !== undefined && more.length === 0 ? { level, id } : null;
}

/** Address of a member's own members. */
export function drillHref(url: { pathname: string; search: string }, level: MemberLevel, id: string): string {
	return withParameters(url, { [level]: id, by: null, sort: null });
}

export interface Crumb {
	level: MemberLevel | null;
	id: string | null;
	/** Null for where the reader is. */
	href: string | null;
}

/** From everybody to where the reader is; each but the last leads back to its place. */
export function crumbs(url: { pathname: string; search: string }, filters: LevelFilters): Crumb[] {
	const path = (['region', 'area', 'group', 'store', 'advisor', 'inviter'] as const).filter((level) => filters[level].length === 1);
	const clear = (from: number) => ({ ...Object.fromEntries(path.slice(from).map((level) => [level, null])), by: null, sort: null });
	return [null, ...path].map((level, index) => ({
		level,
		id: level ? (filters[level][0] ?? null) : null,
		href: index === path.length ? null : withParameters(url, clear(index))
	}));
}
