/** What the brand's sources deliver at all. A stage that was never recorded is left out: missing is a gap, not a zero. */
import type { Claims } from '../../../../contracts/claims.ts';
import { cached } from './cache.ts';
import { brandOf, dataDates } from './context.ts';
import { askShared, count, number } from './semantic.ts';
import { windowsFrom } from './windows.ts';

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
export function recordedFacts(claims: Claims, version: string): Promise<Recorded> {
	const brand = brandOf(claims);
	return cached(version, brand, 'recorded', async () => {
		const missing = new Set([...Object.values(LEAD), ...Object.values(SHOWROOM), 'cancelled_orders', 'spend']);
		const dates = await dataDates(brand, version);
		// From the last day back, each time for what has not been seen yet: nearly all of it is in the last quarter.
		for (const dateRange of dates ? windowsFrom('last', [dates.first, dates.until]) : []) {
			const events = [...missing].filter((measure) => measure !== 'spend').map((measure) => `funnel.${measure}`);
			const answers = await askShared(brand, {
				events: events.length > 0 ? { measures: events, timeDimensions: [{ dimension: 'funnel.occurred_date', dateRange }] } : null,
				spend: missing.has('spend')
					? { measures: ['channels.spend'], timeDimensions: [{ dimension: 'channels.activity_date', dateRange }] }
					: null
			});
			for (const measure of events) if (count(answers.events[0]?.[0], measure) > 0) missing.delete(measure.replace('funnel.', ''));
			if ((number(answers.spend[0]?.[0], 'channels.spend') ?? 0) > 0) missing.delete('spend');
			if (missing.size === 0) break;
		}
		const seen = (measure: string | undefined) => measure !== undefined && !missing.has(measure);
		const happened = (stages: Record<string, string>) => Object.keys(stages).filter((stage) => seen(stages[stage]));
		return {
			lead: happened(LEAD),
			showroom: happened(SHOWROOM),
			spend: seen('spend'),
			cancellations: seen('cancelled_orders')
		};
	});
}
