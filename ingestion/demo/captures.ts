/** Leads as the channels capture them: in an ad platform's form, at a portal, on the site, by a store or by phone. */
import { type Channel, channelById, channels } from './catalogue.ts';
import { type Campaign, type MarketEvent, RECAPTURE } from './campaigns.ts';
import { at, DAY, type Day, dayOf, type Instant } from './clock.ts';
import { type Person, relayPhone, typedPhone, uselessPhone } from './people.ts';
import type { Store } from './org.ts';
import { type Random, Weighted } from './random.ts';
import { chooseStore, type Simulation } from './simulation.ts';
import type { Staff } from './staff.ts';
import { onDuty } from './staff.ts';
import type { TrueCapture } from './truth.ts';
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
	owner: Staff | undefined;
	phone: string | undefined;
	/** Id of the touch that brought it: its session, else the record itself. */
	touch: string;
}

export interface Intent {
	at: Instant;
	channel: Channel;
	campaign?: Campaign | undefined;
	series: string | undefined;
	intended: TrueCapture['intended'];
	valid?: boolean | undefined;
	/** A phone number that reaches nobody. */
	useless?: boolean;
	/** The lost lead that is taken up again, and the store that does it. */
	reopens?: Capture;
	store?: Store | undefined;
}

const firstChannels = new Weighted(channels, (entry) => entry.weight);

export function drawChannel(random: Random): Channel {
	return firstChannels.draw(random);
}

export function drawCampaign(simulation: Simulation, channel: Channel, person: Person, day: Day, random: Random): Campaign | undefined {
	const running = simulation.campaigns.filter(
		(campaign) =>
			campaign.channel_id === channel.channel_id &&
			campaign.from <= day &&
			(campaign.to === undefined || day <= campaign.to) &&
			(campaign.region_id === undefined || campaign.region_id === person.city.region_id)
	);
	return running.length === 0
		? undefined
		: random.weighted(running, (campaign) => campaign.weight * (campaign.series_id === person.series ? 1.5 : 1));
}

/** An auto show or event of the region within two months of the day. */
export function nearbyEvent(simulation: Simulation, kind: MarketEvent['kind'], person: Person, day: Day): MarketEvent | undefined {
	return simulation.events.find(
		(event) =>
			event.kind === kind && (event.region_id ?? person.city.region_id) === person.city.region_id && Math.abs(event.from - day) <= 60
	);
}

/** Writes the record of a capture, with the session before it where it happened on the site. */
export function capture(simulation: Simulation, person: Person, intent: Intent, random: Random): Capture | undefined {
	const { extracts, truth, tally, now } = simulation;
	if (intent.at > now - 600) return undefined;
	const { channel, campaign } = intent;
	const day = dayOf(intent.at);
	const way = intent.reopens ? 'store' : channel.captures === 'ads' && random.chance(0.24) ? 'web' : channel.captures;
	const store = intent.store ?? (way === 'store' ? chooseStore(simulation, person, day, random) : undefined);
	const phone = intent.useless
		? uselessPhone(random)
		: typedPhone(person.phone2 && random.chance(0.4) ? person.phone2 : person.phone, random);
	const event =
		channel.channel_id === 'auto_show'
			? eventOn(simulation, 'auto_show', person, day)
			: channel.channel_id === 'store_event'
				? eventOn(simulation, 'store_event', person, day)
				: undefined;
	const common = {
		captured_at: intent.at,
		name: random.chance(0.93) ? person.typed : undefined,
		phone,
		email: person.email && !intent.useless && random.chance(0.5) ? person.email : undefined,
		channel_id: channel.channel_id,
		campaign_id: campaign?.campaign_id,
		event_id: event?.event_id,
		series_id: intent.series,
		product_id: intent.series && intent.series === person.series && random.chance(0.3) ? person.product : undefined,
		province: person.city.province,
		city: random.chance(0.985) ? person.city.city : undefined,
		updated_at: intent.at + random.int(2, 1500)
	};
	const result: Capture = {
		source: 'web',
		record: '',
		at: intent.at,
		channel,
		campaign,
		series: intent.series,
		store: undefined,
		owner: undefined,
		phone,
		touch: ''
	};
	if (way === 'ads') {
		Object.assign(result, { source: 'ads', record: extracts.id('AD') });
		const wechat = channel.platform === 'Tencent Ads' && !intent.useless && random.chance(0.7);
		extracts.add('ads.leads', {
			platform_lead_id: result.record,
			...common,
			device_id: random.chance(0.55) ? person.device : undefined,
			openid: wechat ? person.openids[0] : undefined
		});
	} else if (way === 'verticals') {
		Object.assign(result, { source: 'verticals', record: extracts.id('VT') });
		const relay = !intent.useless && random.chance(0.34);
		if (relay) common.phone = relayPhone(random, Math.max(60, Math.round(simulation.customers / 60)));
		result.phone = common.phone;
		extracts.add('verticals.leads', {
			portal_lead_id: result.record,
			portal: channel.channel_id,
			...common,
			price: relay ? 96 : random.pick([120, 138, 150])
		});
	} else if (way === 'web') {
		Object.assign(result, { source: 'web', record: extracts.id('WF') });
		const visitor = intent.useless
			? { ...visitorOf(person, 'direct', random), openid: undefined, unionid: undefined }
			: siteVisitor(simulation, person, channel, random);
		const session = browse(
			simulation,
			person,
			{
				channel_id: channel.channel_id,
				campaign_id: campaign?.campaign_id,
				at: intent.at - random.int(90, 900),
				series: intent.series,
				form: true,
				visitor
			},
			random
		);
		result.touch = session ? `web:events:${session}` : '';
		extracts.add('web.forms', { form_id: result.record, ...common, ...visitor });
	} else {
		Object.assign(result, { source: 'crm', record: extracts.id('L'), store });
		const owner = store ? onDuty(random, random.chance(0.7) ? store.inviters : store.advisors, day) : undefined;
		const inviter = owner && store?.inviters.some((tenure) => tenure.staff === owner) ? owner : undefined;
		const own = store ? simulation.ownPhones.get(store.store_id) : undefined;
		if (own && !intent.reopens && random.chance(0.5)) common.phone = own;
		result.phone = common.phone;
		result.owner = owner;
		extracts.add('crm.leads', {
			lead_id: result.record,
			...common,
			openid: way === 'store' && !intent.useless && random.chance(0.1) ? person.openids[1] : undefined,
			wecom_external_userid: channel.channel_id === 'wecom' && !intent.useless ? person.wecom : undefined,
			store_id: store?.store_id,
			inviter_id: inviter?.staff_id,
			advisor_id: inviter ? undefined : owner?.staff_id,
			reopened_source: intent.reopens && intent.reopens.source !== 'crm' ? intent.reopens.source : undefined,
			reopened_record_id: intent.reopens?.record
		});
	}
	result.touch ||= `${result.source}:${result.source === 'web' ? 'forms' : 'leads'}:${result.record}`;
	truth.record(result.source, result.source === 'web' ? 'forms' : 'leads', result.record, person.person_id);
	truth.capture({
		record_id: `${result.source}:${result.record}`,
		person_id: person.person_id,
		intended: intent.intended,
		valid: intent.valid,
		captured_at: intent.at,
		channel_id: channel.channel_id,
		campaign_id: campaign?.campaign_id
	});
	if (campaign) tally.campaign(campaign.campaign_id, day, person.city.region_id);
	if (intent.intended === 'lead' || intent.intended === 'reopened') {
		tally.leads += 1;
		if (intent.valid) tally.valid_leads += 1;
	}
	return result;
}

/** At a pop-up everybody types into the same tablet; elsewhere into a device of their own. */
function siteVisitor(simulation: Simulation, person: Person, channel: Channel, random: Random): Visitor {
	const tablet = channel.channel_id === 'city_popup' ? simulation.tablets.get(person.city.region_id) : undefined;
	return tablet
		? { anonymous_id: tablet.cookie, device_id: tablet.device, openid: undefined, unionid: undefined }
		: visitorOf(person, channel.channel_id, random);
}

function eventOn(simulation: Simulation, kind: MarketEvent['kind'], person: Person, day: Day): MarketEvent | undefined {
	return simulation.events.find(
		(event) =>
			event.kind === kind && event.from <= day && day <= event.to && (event.region_id ?? person.city.region_id) === person.city.region_id
	);
}

/** The channel and time of a first capture: shows have their days, the re-marketing list has only known people. */
export function firstIntent(simulation: Simulation, person: Person, wanted: Instant, random: Random): Intent {
	let channel = drawChannel(random);
	let time = wanted;
	if (channel.channel_id === 'auto_show' || channel.channel_id === 'store_event') {
		const event = nearbyEvent(simulation, channel.channel_id, person, dayOf(wanted));
		if (event) time = at(random.int(event.from, event.to), random.between(10, 17));
		else if (channel.channel_id === 'auto_show') channel = channelById.get('store_live') as Channel;
	}
	if (time < at(simulation.start)) time += DAY * 90;
	const campaign = channel.captures === 'ads' ? drawCampaign(simulation, channel, person, dayOf(time), random) : undefined;
	const known = random.chance(0.87);
	return {
		at: time,
		channel,
		campaign,
		series: campaign?.series_id && campaign.campaign_id !== RECAPTURE.campaign_id ? campaign.series_id : known ? person.series : undefined,
		intended: 'lead'
	};
}
