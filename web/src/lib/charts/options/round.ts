/** Figures rounded so that what is shown adds up to what is shown. */
import type { Unit } from '../../format.ts';

/** The least step that a unit is shown in, or null where it is shown as it is. */
export function shownStep(unit: Unit, values: readonly number[]): number | null {
	if (unit === 'percent') return 0.001;
	if (unit === 'count') return 1;
	return unit === 'money' && values.some((value) => Math.abs(value) >= 100) ? 1 : null;
}

/** `values` on multiples of `step` whose sum is `total` on that step: those nearest to the next one go up, largest remainder first. */
export function roundTogether(values: readonly number[], total: number, step: number): number[] {
	const floors = values.map((value) => Math.floor(value / step + 1e-9));
	const missing = Math.round(total / step) - floors.reduce((sum, value) => sum + value, 0);
	const order = values
		.map((value, index) => ({ index, rest: Number((value / step - (floors[index] ?? 0)).toFixed(6)) }))
		.sort((a, b) => b.rest - a.rest || a.index - b.index);
	const raised = new Map<number, number>();
	for (let count = 0; count < Math.abs(missing) && order.length > 0; count++) {
		const at = missing > 0 ? order[count % order.length] : order[order.length - 1 - (count % order.length)];
		if (at) raised.set(at.index, (raised.get(at.index) ?? 0) + Math.sign(missing));
	}
	return floors.map((value, index) => (value + (raised.get(index) ?? 0)) * step);
}
