/** Addresses that show what a claim says. */
import { sharedParameters, withParameters } from '../parameters.ts';
import type { Claim } from './claims.ts';

export function proofOf(claim: Claim, search: string): string {
	const kept = sharedParameters(search);
	if (!('exception' in claim) && claim.of.base === 'leads')
		return withParameters({ pathname: '/funnel', search: kept }, { by: claim.level });
	if (!('exception' in claim)) return `${withParameters({ pathname: '/', search: kept }, { why: claim.level })}#why`;
	const { level, id } = claim.exception;
	if (level === 'channel' || level === 'campaign')
		return withParameters({ pathname: '/channels', search: kept }, { by: level, [level]: id });
	return withParameters({ pathname: '/organisation', search: kept }, { by: level });
}
