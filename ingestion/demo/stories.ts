/** The stories that the dashboard must reveal. Each changes the simulation in a stated way. */
import { RECAPTURE } from './campaigns.ts';
import { at, type Day, dayText, type Instant, monthStart } from './clock.ts';
import type { Organisation, Store } from './org.ts';
import type { Staff } from './staff.ts';

export interface Stories {
	slump: { region_id: string; since: Instant; since_day: Day };
	cheap: { channel_id: string };
	excellent: { store: Store };
	overdue: { staff: Staff; share: number };
	recapture: { campaign_id: string; since_day: Day };
}

const SLUMP_MONTHS = 5;

export function tellStories(organisation: Organisation, end: Day): Stories {
	const since = monthStart(end, -SLUMP_MONTHS);
	return {
		slump: { region_id: 'southwest', since: at(since), since_day: since },
		cheap: { channel_id: 'ad_network' },
		excellent: { store: organisation.excellent },
		overdue: { staff: organisation.overdue, share: 0.41 },
		recapture: { campaign_id: RECAPTURE.campaign_id, since_day: monthStart(end, -RECAPTURE.months) }
	};
}

/** The stories as a reader of the dashboard would state them. Shares are of 1. */
export function describeStories(stories: Stories) {
	const { slump, cheap, excellent, overdue, recapture } = stories;
	return [
		{
			kind: 'region_slump',
			who: { region_id: slump.region_id },
			since: dayText(slump.since_day),
			effect: {
				median_first_attempt_hours_factor: [3, 12],
				sla_breach_rate: [0.3, 0.6],
				visit_rate_factor: [0.3, 0.8],
				order_rate_factor: [0.2, 0.75]
			},
			measure: `Leads captured in ${slump.region_id} since the date against the same region in the ${SLUMP_MONTHS * 2} months before: hours from dispatch to first attempt rise, visit and order rates fall; other regions stay.`,
			enough_from_customers: 10_000
		},
		{
			kind: 'cheap_invalid_channel',
			who: { channel_id: cheap.channel_id },
			since: null,
			effect: {
				valid_rate: [0.19, 0.31],
				lowest_cost_per_lead_rank: [1, 1],
				highest_cost_per_valid_lead_rank: [1, 1],
				highest_cost_per_order_rank: [1, 2]
			},
			measure:
				'Valid leads / leads of the channel; cost per platform lead is the lowest of all channels with spend, cost per valid lead and per order the highest.',
			enough_from_customers: 5_000
		},
		{
			kind: 'excellent_store',
			who: { store_id: excellent.store.store_id },
			since: null,
			effect: { order_rate_factor: [1.5, 3] },
			measure: 'Leads with an order / valid leads of the store against the same of all other stores.',
			enough_from_customers: 20_000
		},
		{
			kind: 'overdue_inviter',
			who: { staff_id: overdue.staff.staff_id, role: 'inviter', store_id: overdue.staff.posts[0]?.store_id },
			since: null,
			effect: { overdue_rate: [0.33, 0.5] },
			measure:
				'Leads the inviter owns whose first attempt came later than 24 hours after dispatch (or never), of all that are due. Follow-up before the visit belongs to inviters, so the story is told of one.',
			enough_from_customers: 8_000
		},
		{
			kind: 'recapturing_campaign',
			who: { campaign_id: recapture.campaign_id },
			since: dayText(recapture.since_day),
			effect: { known_customer_share: [0.8, 1] },
			measure:
				'Leads of the campaign whose customer had an earlier lead or order, of all leads of the campaign; usual campaigns stay under 0.3.',
			enough_from_customers: 5_000
		}
	];
}
