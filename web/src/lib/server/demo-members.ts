/** Members that a demo reader may sign in as: drawn from the semantic layer, most leads first. */
import { ROLES, ROLE_SCOPE, type Claims, type Role, type ScopeDimension } from '../../../../contracts/claims.ts';
import { cached } from './cache.ts';
import { menuDays } from './context.ts';
import { environment } from './environment.ts';
import { askShared, text, type Query } from './semantic.ts';
import { readStatus } from './status.ts';

const LISTED = 60;
/** Whoever signs in waits no longer for members; their question goes on, and its answer is there for the next who asks. */
const WITHIN_MS = 2000;

/** A tenant is one home. */
export function tenant(): string {
	return environment().tenant;
}

export interface Member {
	id: string;
	zh: string;
	en: string;
}

export interface RoleChoice {
	role: Role;
	/** Null: the role sees everything and belongs to nobody. */
	members: Member[] | null;
}

export interface RoleChoices {
	choices: RoleChoice[];
	/** Why there are only the roles that need no member. */
	fault: 'notReady' | 'away' | null;
}

export async function roleChoices(): Promise<RoleChoices> {
	const { pointer } = await readStatus();
	if (!pointer) return { choices: [], fault: 'notReady' };
	const of = (lists: Record<string, Member[]> | null): RoleChoice[] =>
		ROLES.flatMap((role): RoleChoice[] => {
			const dimension = ROLE_SCOPE[role];
			if (dimension === null) return [{ role, members: null }];
			return lists ? [{ role, members: lists[dimension] ?? [] }] : [];
		});
	try {
		return { choices: of(await within(WITHIN_MS, memberLists(pointer.version))), fault: null };
	} catch {
		return { choices: of(null), fault: 'away' };
	}
}

/** @throws what the work throws, or an error when it is not done in time */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`Not done in ${ms} ms.`)), ms);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** @throws the page error when the semantic layer is away */
async function memberLists(version: string): Promise<Record<string, Member[]>> {
	const claims: Claims = { sub: 'sign-in', role: 'executive', scopes: [], tenant: tenant() };
	const dimensions = [...new Set(ROLES.map((role) => ROLE_SCOPE[role]).filter((dimension) => dimension !== null))];
	return cached(version, claims, 'members', async () => {
		const timeDimensions = await menuDays(claims, version);
		const answers = await askShared(
			claims,
			Object.fromEntries(dimensions.map((dimension) => [dimension, { ...memberQuery(dimension), timeDimensions }]))
		);
		return Object.fromEntries(
			dimensions.map((dimension) => [dimension, (answers[dimension]?.[0] ?? []).flatMap((row) => asMember(row, dimension))])
		);
	});
}

function memberQuery(dimension: ScopeDimension): Query {
	const prefix = dimension.replace(/_id$/, '');
	return {
		measures: ['leads.leads'],
		dimensions: [`leads.${dimension}`, `leads.${prefix}_name_zh`, `leads.${prefix}_name_en`],
		filters: [{ member: `leads.${dimension}`, operator: 'set' }],
		order: [['leads.leads', 'desc']],
		limit: LISTED
	};
}

function asMember(row: Record<string, unknown>, dimension: ScopeDimension): Member[] {
	const cells = row as Record<string, string | null>;
	const prefix = dimension.replace(/_id$/, '');
	const id = text(cells, `leads.${dimension}`);
	if (!id) return [];
	const zh = text(cells, `leads.${prefix}_name_zh`) ?? id;
	return [{ id, zh, en: text(cells, `leads.${prefix}_name_en`) ?? zh }];
}
