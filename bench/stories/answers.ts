/** What the four pages say of single members, by the functions that the pages call, under an executive's eyes. */
import type {} from '../../web/src/app.d.ts';
import type { Claims } from '../../contracts/claims.ts';
import { claimKey } from '../../web/src/lib/answer/sentence.ts';
import type { Claim } from '../../web/src/lib/answer/claims.ts';
import { parseFilters, resolvePeriod } from '../../web/src/lib/filters.ts';
import { dataDates } from '../../web/src/lib/server/context.ts';
import { loadCockpit } from '../../web/src/lib/server/pages/cockpit.ts';
import { loadFunnel } from '../../web/src/lib/server/pages/funnel.ts';
import { paidClaims, peopleClaims } from '../../web/src/lib/server/pages/page-claims.ts';
import { recordedFacts } from '../../web/src/lib/server/recorded.ts';

export const PAGES = ['cockpit', 'funnel', 'organisation', 'channels'] as const;
export type Page = (typeof PAGES)[number];

export type Said = Record<Page, string[]>;

/** Claims of each page's answer line, such as "below region southwest sla_rate". */
export async function answersOf(version: string, tenant: string, period: string): Promise<Said> {
	const claims: Claims = { sub: 'bench', role: 'executive', scopes: [], tenant };
	const asker = () => ({ claims, queries: 0 });
	const { filters } = parseFilters(new URLSearchParams({ period }));
	const dates = await dataDates(claims, version);
	if (!dates) throw new Error(`${version} has no data.`);
	const recorded = await recordedFacts(claims, version);
	const span = resolvePeriod(filters, dates);
	const keys = (said: readonly Claim[]) => said.map(claimKey);
	return {
		cockpit: keys((await loadCockpit(asker(), filters, span, recorded, dates)).claims),
		funnel: keys((await loadFunnel(asker(), filters, span, 'region', recorded)).claims),
		organisation: keys(await peopleClaims(asker(), filters, span)),
		channels: keys(await paidClaims(asker(), filters, span))
	};
}
