/** The cockpit's figures: six questions, asked together, of one data version; worked out once for all who see the same. */
import { belowClaims, changeClaims, chooseClaims, type Claim, type Segments } from '#lib/answer/claims.ts';
import { compareWithPeers, findExceptions, type Exception } from '#lib/cockpit/exceptions.ts';
import { hero, type Attainment, type Compared, type Hero, type Kpi } from '#lib/cockpit/model.ts';
import type { Filters } from '#lib/filters.ts';
import { share } from '#lib/funnel/model.ts';
import type { DataDates, DateRange, Period } from '#lib/periods.ts';
import { cachedPage } from '../cache.ts';
import { sideOf } from '../members.ts';
import { memberNames } from '../names.ts';
import type { Recorded } from '../recorded.ts';
import { ask, count, number, type Answer, type Asker, type Row } from '../semantic.ts';
import { EVENT_MEASURES, askCockpit, type TargetLevel } from './cockpit-queries.ts';
import { attainments, targetOf } from './cockpit-targets.ts';
import { trendOf, type Trend } from './cockpit-trend.ts';
import { segmentsOf } from './segments.ts';
import { paidSubjects, peopleSubjects } from './subjects.ts';

export interface Cockpit {
	isEmpty: boolean;
	hero: Hero;
	/** Why there is no target, if there is none. */
	noTarget: 'none' | 'filtered' | null;
	kpis: Kpi[];
	trend: Trend;
	/** Whose attainment is listed; null where no level lies below. */
	below: TargetLevel | null;
	attainments: Attainment[];
	/** Visits and net orders by member, before and now; empty without a comparison. */
	segments: Segments;
	claims: Claim[];
	exceptions: Exception[];
	strengths: Exception[];
	immature: number;
	/** Days that changes are counted against; null without any. */
	comparison: DateRange | null;
	/** False where the previous span is the same as last year's, or there is none. */
	hasPrevious: boolean;
	hasYear: boolean;
}

export function loadCockpit(
	locals: Asker,
	filters: Filters,
	period: Period,
	recorded: Recorded,
	dates: DataDates,
	version?: string
): Promise<Cockpit> {
	return cachedPage(locals, 'cockpit', { filters, period, version }, null, (asker) =>
		computeCockpit(asker, filters, period, recorded, dates)
	);
}

async function computeCockpit(locals: Asker, filters: Filters, period: Period, recorded: Recorded, dates: DataDates): Promise<Cockpit> {
	const asked = askCockpit(locals.claims, filters, period, recorded);
	const { ranges, current, comparison, other, hasSpend } = asked;
	const [nameOf, answers] = await Promise.all([memberNames(locals.claims, ranges.from), ask(locals, asked.queries)]);
	/** Of a question of now and before alone. */
	const changed = ([now = [], before = []]: Answer): [Row[], Row[]] => [before, now];

	/** Rows of one span, of the page's own member or of the other. */
	const events = (range: DateRange | null, side: 'own' | 'other' = 'own') =>
		sideOf(ranges.of(answers.events, range), 'funnel', other, side);
	const people = (range: DateRange | null, side: 'own' | 'other' = 'own') => sideOf(ranges.of(answers.people, range), 'leads', other, side);
	const paid = (range: DateRange | null) => ranges.of(answers.paid, range);

	/** Counts are additive, so a span's count is the sum of its rows; a span that was asked for and has no rows counted nothing. */
	const sum = (rows: Row[], member: string) => rows.reduce((total, row) => total + count(row, member), 0);
	type Rows = (range: DateRange | null, side?: 'own' | 'other') => Row[];
	const each = (rows: Rows, of: (rows: Row[]) => number | null): Compared => {
		const before = (range: DateRange | null) => (range && range[1] >= dates.first ? of(rows(range)) : null);
		return {
			value: of(rows(current)),
			previous: before(asked.previous),
			year: before(period.year),
			...(other ? { other: rows === paid ? null : of(rows(current, 'other')) } : {})
		};
	};
	const counted = (rows: Rows, member: string) => each(rows, (some) => sum(some, member));
	const rate = (rows: Rows, part: string, whole: string) => each(rows, (some) => share(sum(some, part), sum(some, whole)));
	const spent = (rows: Row[]): number | null => {
		const known = rows.map((row) => number(row, 'channels.spend')).filter((spend) => spend !== null);
		return known.length === 0 ? null : known.reduce((total, spend) => total + spend, 0);
	};
	const target = (metric: string) => targetOf(answers.targets[0] ?? [], asked.level, metric, period.to);
	const parts = (rows: Row[], numerator: string, denominator: string) => ({
		numerator: sum(rows, numerator),
		denominator: sum(rows, denominator)
	});
	const kpi = (id: Kpi['id'], compared: Compared, isRecorded: boolean, more: Partial<Kpi> = {}): Kpi => ({
		id,
		...compared,
		unit: 'count',
		better: 'up',
		target: null,
		parts: null,
		absent: isRecorded ? null : 'not_recorded',
		...more
	});
	const [nowPeople, nowEvents] = [people(current), events(current)];
	const leads = sum(nowPeople, 'leads.leads');
	const stage = (name: string) => recorded.showroom.includes(name);

	const subjects = [
		...peopleSubjects(nameOf, nowPeople, people(comparison)),
		...(hasSpend ? paidSubjects(nameOf, paid(current), paid(comparison)) : [])
	];
	const segments: Segments = comparison
		? {
				...segmentsOf('funnel', nameOf, ['region', 'store'], changed(answers.places)),
				...segmentsOf(
					hasSpend ? 'channels' : 'funnel',
					nameOf,
					['channel', 'campaign'],
					hasSpend ? [paid(comparison), paid(current)] : changed(answers.paid)
				),
				...segmentsOf('funnel', nameOf, ['series', 'grade'], changed(answers.kinds))
			}
		: {};
	const compared = compareWithPeers(subjects, 'below');
	const within = new Map(subjects.map((subject) => [`${subject.level} ${subject.id}`, subject.within]));

	return {
		isEmpty: leads === 0 && EVENT_MEASURES.every((measure) => sum(nowEvents, `funnel.${measure}`) === 0),
		hero: hero(counted(events, 'funnel.orders_net'), target('orders'), period.days, period.horizonDays),
		noTarget: target('orders') ? null : asked.level ? 'none' : 'filtered',
		kpis: [
			kpi('leads', counted(people, 'leads.leads'), true, { target: target('leads') }),
			kpi('valid_leads', counted(people, 'leads.valid_leads'), recorded.lead.includes('valid'), {
				target: target('valid_leads'),
				parts: parts(nowPeople, 'leads.valid_leads', 'leads.leads')
			}),
			kpi('visits', counted(events, 'funnel.visits'), stage('visit'), { target: target('visits') }),
			kpi('test_drives', counted(events, 'funnel.test_drives'), stage('test_drive'), {
				target: target('test_drives'),
				parts: parts(nowEvents, 'funnel.test_drives', 'funnel.visits')
			}),
			kpi('orders_net', counted(events, 'funnel.orders_net'), stage('order'), {
				target: target('orders'),
				parts: parts(nowEvents, 'funnel.orders_net', 'funnel.visits')
			}),
			kpi('deliveries', counted(events, 'funnel.deliveries'), stage('delivery'), { target: target('deliveries') }),
			kpi('sla_rate', rate(people, 'leads.sla_kept', 'leads.sla_due'), recorded.lead.includes('first_attempt'), {
				unit: 'percent',
				parts: parts(nowPeople, 'leads.sla_kept', 'leads.sla_due')
			}),
			kpi('cancel_rate', rate(events, 'funnel.cancelled_orders', 'funnel.orders'), recorded.cancellations, {
				unit: 'percent',
				better: 'down',
				parts: parts(nowEvents, 'funnel.cancelled_orders', 'funnel.orders')
			}),
			kpi(
				'cost_per_order',
				hasSpend ? each(paid, (rows) => share(spent(rows), sum(rows, 'channels.orders_net'))) : NOTHING,
				recorded.spend,
				{
					unit: 'money',
					better: 'down',
					absent: recorded.spend ? (hasSpend ? null : 'not_at_grain') : 'not_recorded',
					parts: hasSpend ? { numerator: spent(paid(current)) ?? 0, denominator: sum(paid(current), 'channels.orders_net') } : null
				}
			)
		],
		trend: trendOf(asked.step, current, comparison, {
			now: nowEvents,
			before: other ? events(current, 'other') : filters.compare === 'target' ? [] : events(comparison),
			targets: answers.targets[0] ?? [],
			level: asked.level,
			compares: other ? 'member' : filters.compare
		}),
		below: asked.below,
		attainments: attainments(answers.targets[0] ?? [], asked.below, period),
		segments,
		claims: chooseClaims([...changeClaims(segments), ...belowClaims(subjects, compared)], within),
		exceptions: findExceptions(subjects, 'below', { compared }),
		strengths: findExceptions(subjects, 'above'),
		immature: leads === 0 ? 0 : 1 - sum(nowPeople, 'leads.mature_leads') / leads,
		comparison,
		hasPrevious: asked.previous !== null,
		hasYear: period.year !== null
	};
}

const NOTHING: Compared = { value: null, previous: null, year: null };
