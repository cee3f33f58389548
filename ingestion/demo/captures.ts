/** Leads as the channels capture them: in an ad platform's form, at a portal, on the site, by a store or by phone. */
import type { Campaign } from './campaigns.ts';
import type { Channel } from './catalogue.ts';
import { dayOf, type Instant } from './clock.ts';
import type { Row } from './extracts.ts';
import { eventOf, type Intent } from './intents.ts';
import type { Store } from './org.ts';
import { type Person, relayPhone, typedPhone, uselessPhone } from './people.ts';
import type { Random } from './random.ts';
import { chooseStore, type Simulation } from './simulation.ts';
import { onDuty, type Staff } from './staff.ts';
import { browse, type Visitor, visitorOf } from './web.ts';

export interface Capture {
	source: string;
	record: string;
	at: Instant;
	channel: Channel;
	campaign: Campaign | undefined;
	series: string | undefined;
	/** Store that won the lead; undefined: it came to headquarters. */
	store: Store | undefined;
	/** Who owns it from the start. */
	owner: Staff | undefined;
	/** As the system got it. */
	phone: string;
	/** Id of the touch that brought it: its session, else the record itself. */
	touch: string;
}

interface Form {
	simulation: Simulation;
	person: Person;
	intent: Intent;
	random: Random;
	/** What every source writes of a capture. */
	row: Row & { phone: string };
}

type Written = Pick<Capture, 'source' | 'record'> & Partial<Pick<Capture, 'store' | 'owner' | 'touch'>>;

/** People who lend one relay number out after another: so many customers share one. */
const CUSTOMERS_PER_RELAY = 60;
const FEWEST_RELAYS = 60;

/** Writes the record of a capture, with the session before it where it happened on the site; undefined past the history's end. */
export function capture(simulation: Simulation, person: Person, intent: Intent, random: Random): Capture | undefined {
	if (intent.at > simulation.now - 600) return undefined;
	const { channel, campaign } = intent;
	const row = formRow(simulation, person, intent, random);
	const form: Form = { simulation, person, intent, random, row };
	const way = intent.reopens ? 'store' : channel.captures === 'ads' && random.chance(0.24) ? 'web' : channel.captures;
	const written =
		way === 'ads' ? adForm(form) : way === 'verticals' ? portalLead(form) : way === 'web' ? siteForm(form) : crmLead(form, way === 'store');
	const resource = written.source === 'web' ? 'forms' : 'leads';
	recordTruth(form, written, resource);
	return {
		at: intent.at,
		channel,
		campaign,
		series: intent.series,
		store: undefined,
		owner: undefined,
		phone: row.phone,
		touch: `${written.source}:${resource}:${written.record}`,
		...written
	};
}

function formRow(simulation: Simulation, person: Person, { at, channel, campaign, series, useless }: Intent, random: Random): Form['row'] {
	const own = person.phone2 && random.chance(0.4) ? person.phone2 : person.phone;
	return {
		captured_at: at,
		name: random.chance(0.93) ? person.typed : undefined,
		phone: useless ? uselessPhone(random) : typedPhone(own, random),
		email: person.email && !useless && random.chance(0.5) ? person.email : undefined,
		channel_id: channel.channel_id,
		campaign_id: campaign?.campaign_id,
		event_id: eventOf(simulation, channel, person, dayOf(at))?.event_id,
		series_id: series,
		product_id: series && series === person.series && random.chance(0.3) ? person.product : undefined,
		province: person.city.province,
		city: random.chance(0.985) ? person.city.city : undefined,
		updated_at: at + random.int(2, 1500)
	};
}

function adForm({ simulation, person, intent, random, row }: Form): Written {
	const record = simulation.extracts.id('AD');
	const wechat = intent.channel.platform === 'Tencent Ads' && !intent.useless && random.chance(0.7);
	simulation.extracts.add('ads.leads', {
		platform_lead_id: record,
		...row,
		device_id: random.chance(0.55) ? person.device : undefined,
		openid: wechat ? person.openids[0] : undefined
	});
	return { source: 'ads', record };
}

function portalLead({ simulation, intent, random, row }: Form): Written {
	const record = simulation.extracts.id('VT');
	const relay = !intent.useless && random.chance(0.34);
	if (relay) row.phone = relayPhone(random, Math.max(FEWEST_RELAYS, Math.round(simulation.customers / CUSTOMERS_PER_RELAY)));
	const price = relay ? 96 : random.pick([120, 138, 150]);
	simulation.extracts.add('verticals.leads', { portal_lead_id: record, portal: intent.channel.channel_id, ...row, price });
	return { source: 'verticals', record };
}

function siteForm({ simulation, person, intent, random, row }: Form): Written {
	const record = simulation.extracts.id('WF');
	const { channel, campaign, series } = intent;
	const visitor = siteVisitor(simulation, person, intent, random);
	const before = intent.at - random.int(90, 900);
	const session = browse(
		simulation,
		person,
		{ channel_id: channel.channel_id, campaign_id: campaign?.campaign_id, at: before, series, form: true, visitor },
		random
	);
	simulation.extracts.add('web.forms', { form_id: record, ...row, ...visitor });
	return { source: 'web', record, ...(session && { touch: `web:events:${session}` }) };
}

/** At a pop-up everybody types into the same tablet; elsewhere into a device of their own. */
function siteVisitor(simulation: Simulation, person: Person, { channel, useless }: Intent, random: Random): Visitor {
	const tablet = channel.channel_id === 'city_popup' ? simulation.tablets.get(person.city.region_id) : undefined;
	if (tablet) return { anonymous_id: tablet.cookie, device_id: tablet.device, openid: undefined, unionid: undefined };
	// Who gives a useless number is not to be reached in another way either.
	return visitorOf(person, useless ? 'direct' : channel.channel_id, random);
}

function crmLead({ simulation, person, intent, random, row }: Form, byStore: boolean): Written {
	const { channel, useless, reopens } = intent;
	const record = simulation.extracts.id('L');
	const day = dayOf(intent.at);
	const store = intent.store ?? (byStore ? chooseStore(simulation, person, day, random) : undefined);
	const owner = store && onDuty(random, random.chance(0.7) ? store.inviters : store.advisors, day);
	const invites = store?.inviters.some((tenure) => tenure.staff === owner) ?? false;
	const habit = store && simulation.ownPhones.get(store.store_id);
	if (habit && !reopens && !useless && random.chance(0.5)) row.phone = habit;
	simulation.extracts.add('crm.leads', {
		lead_id: record,
		...row,
		openid: byStore && !useless && random.chance(0.1) ? person.openids[1] : undefined,
		wecom_external_userid: channel.channel_id === 'wecom' && !useless ? person.wecom : undefined,
		store_id: store?.store_id,
		inviter_id: invites ? owner?.staff_id : undefined,
		advisor_id: invites ? undefined : owner?.staff_id,
		reopened_source: reopens && reopens.source !== 'crm' ? reopens.source : undefined,
		reopened_record_id: reopens?.record
	});
	return { source: 'crm', record, store, owner };
}

function recordTruth({ simulation, person, intent }: Form, { source, record }: Written, resource: string): void {
	const { truth, tally } = simulation;
	const { intended, valid, campaign, channel } = intent;
	truth.record(source, resource, record, person.person_id);
	truth.capture({
		record_id: `${source}:${record}`,
		person_id: person.person_id,
		intended,
		valid,
		captured_at: intent.at,
		channel_id: channel.channel_id,
		campaign_id: campaign?.campaign_id
	});
	if (campaign) tally.campaign(campaign.campaign_id, dayOf(intent.at), person.city.region_id);
	if (intended !== 'lead' && intended !== 'reopened') return;
	tally.leads += 1;
	if (valid) tally.valid_leads += 1;
}
