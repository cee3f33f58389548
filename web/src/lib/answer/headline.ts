/** The answer line: a sentence composed from the page's own numbers. Null when there is nothing notable to say. */
import { changeOf, formatChange, formatNumber, type Locale } from '../format.ts';
import type { Claim } from './claims.ts';
import { claimPart, sentence, type Answer, type AnswerPart } from './sentence.ts';
import type { Compared, Hero } from '../cockpit/model.ts';
import type { AllMessages } from '../messages/all.ts';

/** Smaller changes are noise to a reader. */
const NOTABLE_CHANGE = 0.005;
const LEVEL_POINTS = 0.01;

function points(share: number): string {
	return Math.abs(share * 100).toFixed(1);
}

function notableChange({ value, previous, year }: Compared, t: AllMessages, locale: Locale): string | null {
	const [byYear, byPrevious] = [year, previous].map((before) => {
		const change = changeOf(value, before, 'count');
		return change === null || Math.abs(change) < NOTABLE_CHANGE ? null : formatChange(change, 'count', locale);
	});
	return byYear || byPrevious ? t.answer.change(byYear ?? null, byPrevious ?? null) : null;
}

export interface CockpitAnswer {
	period: string;
	hero: Hero;
	claims: readonly Claim[];
	/** Search parameters of the page, which its proofs keep. */
	search: string;
}

export function cockpitAnswer({ period, hero, claims, search }: CockpitAnswer, t: AllMessages, locale: Locale): Answer {
	if (hero.value === null || Number.isNaN(hero.value)) return null;
	const change = notableChange(hero, t, locale);
	const clauses: (AnswerPart | string | null)[] = [];
	if (hero.attainment !== null) {
		const ahead = hero.attainment - hero.elapsed;
		const attainment = formatNumber(hero.attainment, 'percent', locale);
		clauses.push(
			Math.abs(ahead) < LEVEL_POINTS
				? t.answer.level(attainment)
				: ahead < 0
					? t.answer.behind(attainment, points(ahead))
					: t.answer.ahead(attainment, points(ahead))
		);
	}
	clauses.push(...claims.map((claim) => claimPart(claim, t, locale, search)));
	if (change === null && clauses.length === 0) return null;
	const orders = t.answer.orders(period, formatNumber(hero.value, 'count', locale));
	return sentence([change ? orders + t.answer.clause + change : orders, ...clauses], t);
}

export interface FunnelAnswer {
	period: string;
	basis: 'cohort' | 'period';
	window: 'so_far' | 'in_window';
	leads: number;
	orders: number;
	orderRate: number | null;
	/** Share of leads whose cohort is still inside its window; 0 in the period view. */
	immature: number;
	/** The step whose conversion changed most against the comparison, in shares. */
	shift: { stage: string; change: number } | null;
	claims: readonly Claim[];
	search: string;
}

export function funnelAnswer(input: FunnelAnswer, t: AllMessages, locale: Locale): Answer {
	if (input.leads === 0) return null;
	const leads = formatNumber(input.leads, 'count', locale);
	const orders = formatNumber(input.orders, 'count', locale);
	const rate = formatNumber(input.orderRate, 'percent', locale);
	const first =
		input.basis === 'period'
			? t.answer.funnelPeriod(input.period, leads, orders)
			: (input.window === 'in_window' ? t.answer.funnelWindow : t.answer.funnelCohort)(input.period, leads, orders, rate);
	const shift = input.shift && Math.abs(input.shift.change) >= LEVEL_POINTS ? input.shift : null;
	return sentence(
		[
			first,
			shift ? t.answer.weakest(shift.stage, formatChange(shift.change, 'percent', locale)) : null,
			...input.claims.map((claim) => claimPart(claim, t, locale, input.search)),
			input.immature === 0
				? null
				: input.immature === 1
					? t.answer.allImmature
					: t.answer.immature(formatNumber(input.immature, 'percent', locale))
		],
		t
	);
}
