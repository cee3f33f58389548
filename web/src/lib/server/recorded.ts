/** What the brand's sources deliver at all. A stage that was never recorded is left out: missing is a gap, not a zero. */
import type { Claims } from '../../../../contracts/claims.ts';
import { cached } from './cache.ts';
import { askShared, count, number } from './semantic.ts';

/** Measure of the period view that counts the raw events of each stage. */
const LEAD: Record<string, string> = {
	lead: 'leads',
	valid: 'valid_leads',
	dispatched: 'dispatched_leads',
	assigned: 'assigned_leads',
	first_attempt: 'attempted_leads',
	connected: 'connected_leads',
	appointment: 'appointment_leads',
	visit: 'visit_leads',
	test_drive: 'test_drive_leads',
	order: 'order_leads',
	delivery: 'delivery_leads'
};
const SHOWROOM: Record<string, string> = {
	visit: 'visits',
	test_drive: 'test_drives',
	quotation: 'quotations',
	order: 'orders',
	delivery: 'deliveries'
};

export interface Recorded {
	/** Stages of the lead funnel and of the showroom funnel that have ever happened. */
	lead: string[];
	showroom: string[];
	spend: boolean;
	cancellations: boolean;
}

/** Asked for the whole brand, whoever reads: a store without a delivery yet still has deliveries to come. */
export function recordedFacts({ tenant }: Claims, version: string): Promise<Recorded> {
	const brand: Claims = { sub: 'recorded', role: 'executive', scopes: [], tenant };
	return cached(version, brand, 'recorded', async () => {
		const measures = [...new Set([...Object.values(LEAD), ...Object.values(SHOWROOM), 'cancelled_orders'])];
		const answers = await askShared(brand, {
			events: { measures: measures.map((measure) => `funnel.${measure}`) },
			spend: { measures: ['channels.spend'] }
		});
		const row = answers.events[0]?.[0];
		const happened = (stages: Record<string, string>) => Object.keys(stages).filter((stage) => count(row, `funnel.${stages[stage]}`) > 0);
		return {
			lead: happened(LEAD),
			showroom: happened(SHOWROOM),
			spend: (number(answers.spend[0]?.[0], 'channels.spend') ?? 0) > 0,
			cancellations: count(row, 'funnel.cancelled_orders') > 0
		};
	});
}
