/** Scales and places that a drawing needs to know exactly, so it decides them itself. */
import type { Unit } from '../../format.ts';

export interface Scale {
	min: number;
	max: number;
	step: number;
	/** From min to max, both included. */
	ticks: number[];
}

const STEPS = [1, 2, 2.5, 5, 10];
const TICKS = 4;

/** Round steps from zero (or from below it) that hold every value; counts are never split. */
export function niceScale(values: readonly number[], unit: Unit): Scale {
	const most = Math.max(0, ...values);
	const least = Math.min(0, ...values);
	const rough = (most - least) / TICKS || (unit === 'percent' ? 0.25 : 1);
	const power = 10 ** Math.floor(Math.log10(rough));
	const whole = unit === 'count';
	const fits = (factor: number) => factor * power >= rough * (1 - 1e-9) && (!whole || Number.isInteger(factor * power));
	const step = (STEPS.find(fits) ?? 10) * power;
	const usable = whole ? Math.max(1, step) : step;
	const min = Math.floor(least / usable + 1e-9) * usable;
	const max = Math.max(min + usable, Math.ceil(most / usable - 1e-9) * usable);
	const count = Math.round((max - min) / usable);
	return { min, max, step: usable, ticks: Array.from({ length: count + 1 }, (_, index) => min + index * usable) };
}

/** Vertical places for labels that want `wanted`: as near as they can be while `gap` apart, inside `top` and `bottom`. */
export function spread(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
	const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] as number) - (wanted[b] as number) || a - b);
	const placed = [...wanted];
	let free = top;
	for (const index of order) {
		placed[index] = Math.max(wanted[index] as number, free);
		free = (placed[index] as number) + gap;
	}
	let limit = bottom;
	for (const index of order.reverse()) {
		placed[index] = Math.min(placed[index] as number, limit);
		limit = (placed[index] as number) - gap;
	}
	return placed;
}
