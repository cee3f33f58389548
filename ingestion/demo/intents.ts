/** What a person is about to do: leave a lead in some channel, because of some campaign or event. */
import { at, DAY, type Day, dayOf, type Instant } from './clock.ts';
import { type Campaign, type MarketEvent, RECAPTURE } from './campaigns.ts';
import type { Capture } from './captures.ts';
import { type Channel, channelById, channels } from './catalogue.ts';
import type { Store } from './org.ts';
import type { Person } from './people.ts';
import { type Random, Weighted } from './random.ts';
import type { Simulation } from './simulation.ts';
import type { TrueCapture } from './truth.ts';

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

/** Days around a show within which somebody who meant to see it is counted to it. */
const NEAR = 60;

const firstChannels = new Weighted(channels, (entry) => entry.weight);

export function drawChannel(random: Random): Channel {
	return firstChannels.draw(random);
}

export function drawCampaign(simulation: Simulation, channel: Channel, person: Person, day: Day, random: Random): Campaign | undefined {
	if (channel.captures !== 'ads') return undefined;
	const running = simulation.campaigns.filter(
		({ channel_id, from, to, region_id }) =>
			channel_id === channel.channel_id &&
			from <= day &&
			(to === undefined || day <= to) &&
			(region_id === undefined || region_id === person.city.region_id)
	);
	return running.length === 0
		? undefined
		: random.weighted(running, (campaign) => campaign.weight * (campaign.series_id === person.series ? 1.5 : 1));
}

/** Kind of event whose visitors are counted under the channel. */
const EVENT_KINDS: Record<string, MarketEvent['kind']> = { auto_show: 'auto_show', store_event: 'store_event' };

/** The event of the channel that is held near the person on the day, or at most so many days from it. */
export function eventOf(simulation: Simulation, channel: Channel, person: Person, day: Day, slack = 0): MarketEvent | undefined {
	const kind = EVENT_KINDS[channel.channel_id];
	return (
		kind &&
		simulation.events.find(
			(event) =>
				event.kind === kind &&
				event.from - slack <= day &&
				day <= event.to + slack &&
				(event.region_id ?? person.city.region_id) === person.city.region_id
		)
	);
}

/** The channel and time of a capture that a person comes to by oneself: shows have their days. */
export function drawIntent(simulation: Simulation, person: Person, wanted: Instant, random: Random): Intent {
	let channel = drawChannel(random);
	let time = wanted;
	if (EVENT_KINDS[channel.channel_id]) {
		const event = eventOf(simulation, channel, person, dayOf(wanted), NEAR);
		if (event) time = at(random.int(event.from, event.to), random.between(10, 17));
		else if (channel.channel_id === 'auto_show') channel = channelById.get('store_live') as Channel;
	}
	if (time < at(simulation.start)) time += 90 * DAY;
	const campaign = drawCampaign(simulation, channel, person, dayOf(time), random);
	const named = random.chance(0.87) ? person.series : undefined;
	const series = campaign?.series_id && campaign.campaign_id !== RECAPTURE.campaign_id ? campaign.series_id : named;
	return { at: time, channel, campaign, series, intended: 'lead' };
}
