/** Role and scopes as a command is told them. */
import { type Claims, ROLES, ROLE_SCOPE, SCOPE_DIMENSIONS, type ScopeDimension, claims as schema } from '../contracts/claims.ts';
import { UsageError } from './errors.ts';

export interface SightRequest {
	role: string;
	scope?: string[];
	name: string;
}

/**
 * @param scope of each dimension one text, such as "region_id=R1,R2"
 * @throws UsageError when role and scope do not fit
 */
export function claimsOf({ role, scope = [], name }: SightRequest, tenant: string): Claims {
	const known = ROLES.find((candidate) => candidate === role);
	if (known === undefined) throw new UsageError(`Role "${role}" is unknown: choose one of ${ROLES.join(', ')}.`);
	const usual = ROLE_SCOPE[known];
	if (usual === null && scope.length > 0) throw new UsageError(`The role ${known} sees every row and takes no --scope.`);
	if (usual !== null && scope.length === 0)
		throw new UsageError(`The role ${known} needs --scope ${usual}=<id>[,<id>…], with ids as the reference data writes them.`);
	const result = schema.safeParse({ sub: name, role: known, scopes: scope.map(readScope), tenant });
	if (!result.success) throw new UsageError(`Role and scope do not fit: ${result.error.issues[0]?.message}`);
	return result.data;
}

function readScope(text: string): { dimension: ScopeDimension; ids: string[] } {
	const [name, list = ''] = text.split('=', 2);
	const dimension = SCOPE_DIMENSIONS.find((candidate) => candidate === name);
	const ids = list.split(',').filter((id) => id !== '');
	if (dimension === undefined || ids.length === 0)
		throw new UsageError(`--scope "${text}" names nothing: write <dimension>=<id>[,<id>…] with one of ${SCOPE_DIMENSIONS.join(', ')}.`);
	return { dimension, ids };
}
