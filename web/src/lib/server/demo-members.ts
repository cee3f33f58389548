/** Members that a demo reader may sign in as: drawn from the semantic layer, most leads first. */
import { ROLES, ROLE_SCOPE, type Claims, type Role, type ScopeDimension } from '../../../../contracts/claims.ts';
import { cached } from './cache.ts';
import { menuDays } from './context.ts';
import { environment } from './environment.ts';
import { askShared, text, type Query } from './semantic.ts';
import { readStatus } from './status.ts';

const LISTED = 60;

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

/** Null members lists only where a role needs none; throws the page error when the semantic layer is away. */
export async function roleChoices(): Promise<RoleChoice[] | null> {
	const { pointer } = await readStatus();
	if (!pointer) return null;
	const claims: Claims = { sub: 'sign-in', role: 'executive', scopes: [], tenant: tenant() };
	const dimensions = [...new Set(ROLES.map((role) => ROLE_SCOPE[role]).filter((dimension) => dimension !== null))];
	const lists = await cached(pointer.version, claims, 'members', async () => {
		const timeDimensions = await menuDays(claims, pointer.version);
		const answers = await askShared(
			claims,
			Object.fromEntries(dimensions.map((dimension) => [dimension, { ...memberQuery(dimension), timeDimensions }]))
		);
		return Object.fromEntries(
			dimensions.map((dimension) => [dimension, (answers[dimension]?.[0] ?? []).flatMap((row) => asMember(row, dimension))])
		);
	});
	return ROLES.map((role) => {
		const dimension = ROLE_SCOPE[role];
		return { role, members: dimension === null ? null : (lists[dimension] ?? []) };
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
