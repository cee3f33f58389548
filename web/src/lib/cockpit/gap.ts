/** How far orders are from their target, in words: what is missing is whole orders, and what is above it too. */
import { formatNumber, type Locale } from '../format.ts';
import type { CockpitMessages } from '../messages/cockpit/index.ts';

/** @param gap target less orders; NaN where orders are held back */
export function gapText(gap: number, words: Pick<CockpitMessages['cockpit'], 'gapCars' | 'aheadCars' | 'reached'>, locale: Locale): string {
	const cars = (count: number) => formatNumber(count, 'count', locale);
	if (gap > 0) return words.gapCars(cars(Math.ceil(gap)));
	const above = Math.floor(-gap);
	return above === 0 ? words.reached : words.aheadCars(cars(above));
}
