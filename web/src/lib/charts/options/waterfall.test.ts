import { expect, test } from 'vitest';
import type { WaterfallSpec } from '../spec.ts';
import { tabular } from '../tabular.ts';
import { roundTogether } from './round.ts';
import { context, read } from './testing.ts';
import { waterfallBars, waterfallOption } from './waterfall.ts';

const spec: WaterfallSpec = {
	kind: 'waterfall',
	label: 'Orders fell by 27',
	unit: 'count',
	start: { name: 'October', value: 612 },
	parts: [
		{ id: 'volume', name: 'Leads', value: 13.6 },
		{ id: 'mix', name: 'Channel mix', value: -6.2 },
		{ id: 'east', name: 'East', value: -31.4, dimension: 'region', href: '/organisation?region=east' }
	],
	end: { name: 'November', value: 585 }
};

test('each bar begins where the one before ended, from zero to the whole change', () => {
	const bars = waterfallBars(spec, 'Other');
	expect(bars.map(({ from }) => from)).toEqual([0, 13.6, 13.6 - 6.2, 13.6 - 6.2 - 31.4]);
	expect(bars.at(-1)?.to).toBeCloseTo(585 - 612, 9);
	const { xAxis } = read(waterfallOption(spec, context()));
	expect(xAxis.min).toBeLessThan(-27);
	expect(xAxis.max).toBeGreaterThan(13.6);
});

test('what is written adds up to the written change, rounding or not', () => {
	expect(waterfallBars(spec, 'Other').reduce((sum, bar) => sum + bar.shown, 0)).toBe(-27);
	const thirds = {
		...spec,
		start: { name: 'a', value: 0 },
		end: { name: 'b', value: 1 },
		parts: [1, 2, 3].map((id) => ({ id: `${id}`, name: '', value: 1 / 3 }))
	};
	expect(waterfallBars(thirds, 'Other').map(({ shown }) => shown)).toEqual([1, 0, 0]);
	expect(roundTogether([-0.5, -0.5], -1, 1)).toEqual([0, -1]);
});

test('what the parts leave unexplained is said, nothing is where they explain all', () => {
	expect(waterfallBars(spec, 'Other').at(-1)).toMatchObject({ id: 'other', name: 'Other' });
	const whole = { ...spec, parts: [{ id: 'all', name: 'All', value: -27 }] };
	expect(waterfallBars(whole, 'Other')).toHaveLength(1);
});

test('signed figures, and the same in the table', () => {
	const option = read(waterfallOption(spec, context()));
	expect(option.column(0)).toEqual(['October', 'Leads', 'Channel mix', 'East', 'Other', 'November']);
	expect(option.column(1)).toEqual(['612', '+14', '−6', '−32', '−3', '585']);
	expect(tabular(spec, { locale: 'en', currency: 'CNY' }).rows.map(([, value]) => value)).toEqual(option.column(1));
});

test('a contribution can be acted upon, the two ends cannot', () => {
	const { marks } = waterfallOption(spec, context());
	expect(marks?.map(({ member }) => member?.id)).toEqual([undefined, undefined, undefined, 'east', undefined, undefined]);
	expect(marks?.[3]).toMatchObject({ href: '/organisation?region=east' });
});
