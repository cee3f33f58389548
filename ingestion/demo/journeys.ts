/** The life of one person with the brand: what they look at, which leads they leave, and what becomes of them. */
import { captureHour, showroomHour } from './calendar.ts';
import { capture, type Capture } from './captures.ts';
import { type Channel, channelById, channels } from './catalogue.ts';
import { cleanse } from './cleansing.ts';
import { at, DAY, dayOf, HOUR, type Instant } from './clock.ts';
import type { Pursuit } from './dossier.ts';
import { drawCampaign, drawChannel, drawIntent, type Intent } from './intents.ts';
import type { Person } from './people.ts';
import { pursue } from './pursuit.ts';
import { Random, Weighted } from './random.ts';
import { visitShowroom } from './showroom.ts';
import { chooseStore, worthOf, type Simulation } from './simulation.ts';
import { browse } from './web.ts';

const sessionChannels = new Weighted(
	channels.filter((entry) => entry.medium === 'online' && entry.captures !== 'store' && entry.captures !== 'hotline'),
	(entry) => entry.weight * (entry.captures === 'ads' ? 0.6 : entry.captures === 'web' ? 2.2 : 0.2)
);
const BOUGHT_AGAIN = 0.05;
const REOPENED = 0.06;
const RECAPTURED = 0.03;
const USELESS_FIRST = 0.075;

export function live(simulation: Simulation, person: Person): void {
	const random = new Random(simulation.seed, 'journey', person.index);
	const day = simulation.days.draw(random);
	const start = at(day, captureHour(random));
	if (person.kind === 'lead') return leaveLeads(simulation, person, start, random);
	if (person.kind === 'browser') return look(simulation, person, start, random.int(1, 3), 25, random);
	if (random.chance(0.3)) look(simulation, person, start, 1, 20, random);
	const store = chooseStore(simulation, person, day, random);
	if (!store) return;
	const came = at(day, showroomHour(random));
	const readiness = person.kind === 'referral' ? 1.9 : 1.25;
	const outcome = visitShowroom(
		simulation,
		person,
		{ at: came, kind: person.kind, store, readiness },
		new Random(simulation.seed, 'showroom', person.index)
	);
	if (outcome.ordered) buyAgain(simulation, person, outcome.ordered, random);
}

/** Sessions in the days before an instant, across channels; what a person does before leaving a lead. */
function look(simulation: Simulation, person: Person, before: Instant, times: number, days: number, random: Random): void {
	for (let count = times; count > 0; count -= 1) {
		const when = before - Math.round(random.between(0.02, days) * DAY);
		const channel = sessionChannels.draw(random);
		const campaign = drawCampaign(simulation, channel, person, dayOf(when), random);
		if (when < at(simulation.start)) continue;
		browse(
			simulation,
			person,
			{
				channel_id: channel.channel_id,
				campaign_id: campaign?.campaign_id,
				at: when,
				series: random.chance(0.8) ? person.series : undefined
			},
			random
		);
	}
}

function leaveLeads(simulation: Simulation, person: Person, start: Instant, random: Random): void {
	const intent = drawIntent(simulation, person, start, random);
	look(
		simulation,
		person,
		intent.at - HOUR,
		random.weighted([0, 1, 2, 3], (count) => [38, 32, 20, 10][count] as number),
		32,
		random
	);
	if (random.chance(USELESS_FIRST)) {
		const bad = capture(
			simulation,
			person,
			{ ...intent, at: intent.at - random.int(60, 500), intended: 'rejected', valid: false, useless: true },
			random
		);
		// One in three never comes back with a right number.
		if (bad && random.chance(0.34)) return;
	}
	let last = oneLead(simulation, person, intent, random);
	for (let more = random.weighted([0, 1, 2], (count) => [83, 13, 4][count] as number); more > 0 && last && !last.ordered; more -= 1) {
		const when = at(dayOf(last.last) + random.int(12, 200), captureHour(random));
		last = oneLead(simulation, person, { ...drawIntent(simulation, person, when, random), at: when }, random);
	}
	if (!last) return;
	recapture(simulation, person, last, intent.at, random);
	if (last.ordered) buyAgain(simulation, person, last.ordered, random);
}

/** A lead with its duplicates, all the work on it, and perhaps its second life. */
function oneLead(simulation: Simulation, person: Person, intent: Intent, random: Random): Pursuit | undefined {
	const valid = random.chance(worthOf(simulation, intent.channel).valid);
	const first = capture(simulation, person, { ...intent, valid }, random);
	if (!first) return undefined;
	const pursuit = pursue(simulation, person, first, valid, new Random(simulation.seed, 'work', person.index, first.at));
	repeat(simulation, person, first, valid, random);
	if (pursuit.lost && pursuit.store && random.chance(REOPENED)) reopen(simulation, person, first, pursuit, random);
	if (random.chance(0.25)) look(simulation, person, Math.min(first.at + 30 * DAY, simulation.now), 1, 28, random);
	return pursuit;
}

/** The same wish left again within the window, mostly in other channels; some of these are called before anybody notices. */
function repeat(simulation: Simulation, person: Person, first: Capture, valid: boolean, random: Random): void {
	for (let count = random.weighted([0, 1, 2, 3], (number) => [80, 14, 4, 2][number] as number); count > 0; count -= 1) {
		const when = first.at + Math.round(random.exponential(5.5) * DAY) + random.int(300, 4000);
		if (when > first.at + 29 * DAY) continue;
		const drawn = random.chance(0.35) ? first.channel : drawChannel(random);
		const channel = drawn.channel_id === 'auto_show' || drawn.channel_id === 'store_event' ? (channelById.get('wecom') as Channel) : drawn;
		const campaign = drawCampaign(simulation, channel, person, dayOf(when), random);
		const series = random.chance(0.85) ? first.series : undefined;
		const again = capture(simulation, person, { at: when, channel, campaign, series, intended: 'duplicate', valid }, random);
		if (again && random.chance(0.4)) cleanse(simulation, again, valid, new Random(simulation.seed, 'work', person.index, again.at));
	}
}

/** A store takes a lost lead up again: a new cycle, linked to the old one. */
function reopen(simulation: Simulation, person: Person, first: Capture, pursuit: Pursuit, random: Random): void {
	const when = at(dayOf(pursuit.lost as Instant) + random.int(15, 110), random.between(9.5, 18));
	const valid = random.chance(0.93);
	const intent: Intent = {
		at: when,
		channel: first.channel,
		series: first.series,
		intended: 'reopened',
		valid,
		reopens: first,
		store: pursuit.store
	};
	const again = capture(simulation, person, intent, random);
	if (!again) return;
	const second = pursue(simulation, person, again, valid, new Random(simulation.seed, 'work', person.index, again.at));
	pursuit.ordered ??= second.ordered;
	pursuit.last = Math.max(pursuit.last, second.last);
}

/** The re-marketing campaign shows itself to people the brand already knows. */
function recapture(simulation: Simulation, person: Person, last: Pursuit, first: Instant, random: Random): void {
	const { campaign_id, since_day } = simulation.stories.recapture;
	const campaign = simulation.campaigns.find((entry) => entry.campaign_id === campaign_id);
	const earliest = Math.max(since_day, dayOf(Math.max(first, last.ordered ?? first)) + 36);
	if (!campaign || earliest > simulation.end - 3 || !random.chance(RECAPTURED)) return;
	const when = at(random.int(earliest, simulation.end), captureHour(random));
	const channel = channelById.get(campaign.channel_id) as Channel;
	oneLead(simulation, person, { at: when, channel, campaign, series: person.series, intended: 'lead' }, random);
}

/** A few buyers come back for another car after the better part of a year. */
function buyAgain(simulation: Simulation, person: Person, ordered: Instant, random: Random): void {
	if (!random.chance(BOUGHT_AGAIN)) return;
	const day = dayOf(ordered) + random.int(240, 620);
	const store = day < simulation.end ? chooseStore(simulation, person, day, random) : undefined;
	if (!store) return;
	const came = at(day, showroomHour(random));
	visitShowroom(
		simulation,
		person,
		{ at: came, kind: 'referral', store, readiness: 2.5 },
		new Random(simulation.seed, 'showroom', person.index, came)
	);
}
