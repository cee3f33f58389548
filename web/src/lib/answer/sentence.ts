/** Claims in words, as parts of a sentence that lead to their proof. */
import { formatChange, formatNumber, type Locale } from '../format.ts';
import type { AllMessages } from '../messages/all.ts';
import { memberOf, type Claim } from './claims.ts';
import { proofOf } from './proof.ts';

/** A run of words; with an address where they claim something that can be looked at. */
export interface AnswerPart {
	text: string;
	href?: string;
	/** Kind and member of the claim, such as "below region southwest sla_rate". */
	claim?: string;
}

/** The sentence, or null when nothing in it is worth a line. */
export type Answer = AnswerPart[] | null;

/** Clauses joined as the language does, with its full stop. */
export function sentence(clauses: readonly (AnswerPart | string | null)[], t: AllMessages): Answer {
	const said = clauses.flatMap((clause): AnswerPart[] => (!clause ? [] : typeof clause === 'string' ? [{ text: clause }] : [clause]));
	if (said.length === 0) return null;
	return [...said.flatMap((clause, index) => (index === 0 ? [clause] : [{ text: t.answer.join }, clause])), { text: t.answer.end }];
}

export function answerText(answer: Answer): string {
	return (answer ?? []).map(({ text }) => text).join('');
}

export function claimPart(claim: Claim, t: AllMessages, locale: Locale, search: string): AnswerPart {
	return { text: claimText(claim, t, locale), href: proofOf(claim, search), claim: claimKey(claim) };
}

export function claimKey(claim: Claim): string {
	return `${claim.kind} ${memberOf(claim)} ${'exception' in claim ? claim.exception.metric : claim.of.result}`;
}

function claimText(claim: Claim, t: AllMessages, locale: Locale): string {
	const percent = (value: number) => formatNumber(value, 'percent', locale);
	const cars = (value: number) => formatNumber(Math.max(1, Math.round(Math.abs(value))), 'count', locale);
	if ('exception' in claim) {
		const { zh, en, metric, value, peers } = claim.exception;
		const say = claim.kind === 'below' ? t.answer.exception : t.answer.strength;
		return say(locale === 'en' ? en : zh, t.cockpit.metrics[metric], percent(value), Math.abs((peers - value) * 100).toFixed(1));
	}
	const name = locale === 'en' ? claim.en : claim.zh;
	const { base, result } = claim.of;
	const effect = t.answer.effect(claim.effect < 0, cars(claim.effect), result);
	if (claim.kind === 'rate')
		return t.answer.rate(name, t.answer.rates[result][base], percent(claim.before), percent(claim.now), claim.now < claim.before, effect);
	const change = claim.before > 0 ? formatChange(claim.now / claim.before - 1, 'count', locale) : null;
	return t.answer.volume(name, t.answer.bases[base], change, effect);
}
