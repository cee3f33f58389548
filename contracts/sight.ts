/** By which members each view can be limited, so that every room says the same about who may read it. The semantic layer enforces it. */
import { z } from 'zod';
import { ROLE_SCOPE, role, type Claims, type Role, type ScopeDimension } from './claims.ts';
import type { ViewName } from './semantic.ts';

const OWNERS = ['region_id', 'area_id', 'dealer_group_id', 'store_id', 'inviter_id', 'advisor_id'] as const;

/** Dimensions that a view's rows carry, under the same name. */
export const VIEW_SCOPES: Record<ViewName, readonly ScopeDimension[]> = {
	leads: OWNERS,
	funnel: OWNERS,
	orders: OWNERS,
	// A customer belongs to the owner of their latest lead.
	customers: OWNERS,
	// Targets are set for regions, areas and stores, and for no person.
	targets: ['region_id', 'area_id', 'dealer_group_id', 'store_id'],
	// Spend is known by region and no further: a store's share of it would be a guess.
	channels: ['region_id'],
	quality: [],
	holidays: []
};

/** The calendar is nobody's. */
const FOR_EVERYBODY: readonly ViewName[] = ['holidays'];

export const isForEverybody = (view: ViewName): boolean => FOR_EVERYBODY.includes(view);

/**
 * Whether somebody may read a view at all: every part of their scope must be able to limit it.
 * Answering for the parts that can would be a figure of less than they asked for.
 */
export function mayRead(view: ViewName, { role, scopes }: Pick<Claims, 'role' | 'scopes'>): boolean {
	if (ROLE_SCOPE[role] === null || isForEverybody(view)) return true;
	return scopes.length > 0 && scopes.every(({ dimension }) => VIEW_SCOPES[view].includes(dimension));
}

/**
 * Roles that see groups and no single person, not even masked. Marketing needs none; an administrator keeps the house running, and
 * whoever may make accounts should not also be the one who reads them all.
 */
export const GROUPS_ONLY: readonly Role[] = ['marketing', 'administrator'];

/** Members that tell who a single person is, as far as masking lets them: whoever reads them is in the audit log. */
const PERSONAL = /\.(name|phone)_masked$/;

/** Whether such a member stands anywhere in a query, however it is written. */
export function asksForPeople(query: unknown): boolean {
	if (typeof query === 'string') return PERSONAL.test(query);
	if (query === null || typeof query !== 'object') return false;
	return Object.entries(query).some(([key, value]) => PERSONAL.test(key) || asksForPeople(value));
}

/** Figures of fewer people than `size` are held back from these roles in these views. */
export const minimumGroup = z.strictObject({
	size: z.number().int().min(2).max(1000),
	roles: z.array(role).min(1),
	views: z.array(z.enum(['leads', 'funnel', 'orders', 'customers'])).min(1)
});
export type MinimumGroup = z.infer<typeof minimumGroup>;
