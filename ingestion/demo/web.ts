/** What people do on the site: sessions with the channel that brought them. */
import type { Instant } from './clock.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { Simulation } from './simulation.ts';

export interface Visitor {
	anonymous_id: string;
	device_id: string | undefined;
	openid: string | undefined;
	unionid: string | undefined;
}

export interface Session {
	channel_id: string;
	campaign_id?: string | undefined;
	at: Instant;
	series: string | undefined;
	/** The session ends in a lead form. */
	form?: boolean;
	visitor?: Visitor;
}

const WECHAT = new Set(['wechat_oa', 'miniprogram', 'tencent_moments', 'tencent_channels', 'wecom']);

/** What the site can tell about the visitor: always a cookie, sometimes a device, the WeChat account inside WeChat. */
export function visitorOf(person: Person, channel_id: string, random: Random): Visitor {
	const wechat = WECHAT.has(channel_id) && person.unionid !== undefined;
	return {
		anonymous_id: random.pick(person.cookies),
		device_id: channel_id === 'app' || random.chance(0.3) ? person.device : undefined,
		openid: wechat ? person.openids[channel_id === 'miniprogram' ? 1 : 0] : undefined,
		unionid: wechat && random.chance(0.85) ? person.unionid : undefined
	};
}

/** Writes one session and returns its id; undefined when it lies outside the history. */
export function browse(simulation: Simulation, person: Person, session: Session, random: Random): string | undefined {
	const { extracts, truth, now } = simulation;
	if (session.at > now - 1800) return undefined;
	const session_id = extracts.id('W');
	const visitor = session.visitor ?? visitorOf(person, session.channel_id, random);
	const line = session.series ?? person.series;
	let time = session.at;
	const step = (event_name: string, page: string, series_id?: string): void => {
		const first = event_name === 'session_start';
		extracts.add('web.events', {
			event_id: extracts.id('WE'),
			session_id,
			occurred_at: time,
			event_name,
			...visitor,
			channel_id: first ? session.channel_id : undefined,
			campaign_id: first ? session.campaign_id : undefined,
			series_id,
			page,
			updated_at: time + random.int(1, 90)
		});
		time += random.int(8, 150);
	};
	step('session_start', session.campaign_id ? '/landing' : '/');
	if (random.chance(0.55)) step('page_view', random.pick(['/', '/news', '/stores', '/offers']));
	if (random.chance(0.7)) step('model_view', `/models/${line}`, line);
	if (random.chance(0.16)) step('configurator', `/models/${line}/configure`, line);
	if (random.chance(0.09)) step('calculator', '/finance', line);
	if (session.form) step('form_start', '/test-drive', session.series);
	truth.record('web', 'events', session_id, person.person_id);
	return session_id;
}
