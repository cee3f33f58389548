import { expect, test } from 'vitest';
import type { DaysSpec } from '../spec.ts';
import { dailyOption } from './daily.ts';
import { context, read } from './testing.ts';
import { trendOption } from './trend.ts';

const spec: DaysSpec = {
	kind: 'trend',
	label: 'Orders by day',
	unit: 'count',
	dates: ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'],
	current: { name: 'Orders', values: [20, 35, 31, null] },
	comparison: { name: 'October', values: [18, 30, 44, 22] },
	target: { name: 'Target', values: [29, 29, 29, 29] },
	weekends: true,
	marks: [{ date: '2026-11-21', name: 'Auto show' }]
};

test('from zero, in the order of the days, with round steps that hold every value', () => {
	const { xAxis, yAxis } = read(trendOption(spec, context()));
	const axis = [yAxis].flat()[0];
	expect(xAxis.data).toEqual(spec.dates);
	expect(axis?.min).toBe(0);
	expect(axis?.max).toBeGreaterThanOrEqual(44);
	expect(Number(axis?.max) % Number(axis?.interval)).toBe(0);
});

test('the last known day is labelled; a missing day is a gap', () => {
	const main = read(trendOption(spec, context())).series.at(-1);
	const shown = main?.data.map((item) => (item as { label: { show: boolean } }).label.show);
	expect(shown).toEqual([false, false, true, false]);
	expect((main?.data[3] as { value: unknown }).value).toBe('-');
});

test('comparison and target are named at their ends, the target is a step', () => {
	const option = read(trendOption(spec, context()));
	expect(option.texts).toEqual(['October 22', 'Target 29']);
	expect(option.series.find((series) => series.name === 'Target')?.step).toBe('middle');
});

test('on a phone they are named above', () => {
	const narrow = trendOption(spec, context({ width: 300 }));
	expect(read(narrow).texts).toEqual(['October 22', 'Target 29']);
	expect(narrow.height).toBe(trendOption(spec, context()).height);
});

test('a name that is too long for the end of its line stands above, and two of them in two rows: none lies over the picture', () => {
	const name = 'Last year (by weekday, 2 Oct – 1 Nov 2025)';
	const long = { ...spec, comparison: { name, values: [18, 30, 44, 22] } };
	const marks = (width: number) => read(trendOption(long, context({ width }))).graphic?.elements.filter(({ style }) => style.text) ?? [];
	const [ofWide, ofNarrow] = [marks(660), marks(300)];
	expect(ofWide?.map(({ x }) => Number(x) < 400)).toEqual([true, true]);
	expect(new Set(ofWide?.map(({ y }) => y)).size).toBe(1);
	expect(new Set(ofNarrow?.map(({ y }) => y)).size).toBe(2);
});

test('weekends and marks stand behind', () => {
	const [weekends, marks] = read(trendOption(spec, context())).series;
	expect(weekends?.data).toEqual([
		[1, 0],
		[2, 0]
	]);
	expect(marks?.data).toEqual([[1, 0]]);
});

test('the tooltip compares like with like', () => {
	const text = read(trendOption(spec, context())).tip([{ dataIndex: 1 }]);
	expect(text).toContain('Orders  35');
	expect(text).toContain('October  30  +16.7%');
	expect(text).toContain('Auto show');
});

test('dates follow the locale', () => {
	const label = read(trendOption(spec, context({ locale: 'zh-CN' }))).xAxis.axisLabel?.formatter;
	expect(label?.('2026-11-20', 0)).toBe('11月20日');
});

test('daily bars are bars, the last one stands out', () => {
	const option = read(dailyOption({ ...spec, kind: 'daily' }, context()));
	const bars = option.series.find((series) => series.type === 'bar');
	expect(bars?.data.map((item) => (item as { itemStyle: { color: string } }).itemStyle.color)).toEqual([
		'var(--bar)',
		'var(--bar)',
		'var(--accent)',
		'var(--bar)'
	]);
	expect([option.yAxis].flat()[0]?.min).toBe(0);
});

test('no data at all is an empty frame', () => {
	const empty = { ...spec, current: { name: 'Orders', values: [null, null, null, null] }, comparison: undefined, target: undefined };
	expect(read(trendOption(empty, context())).texts).toEqual([]);
});

test('a weekly mark stands for its week: in the tooltip, for a menu and when days are chosen', () => {
	const dates = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'];
	const drawing = trendOption({ ...spec, dates, within: { from: '2026-11-04', to: '2026-11-25' } }, context());
	expect(drawing.marks?.map(({ day, until }) => [day, until])).toEqual([
		['2026-11-04', '2026-11-08'],
		['2026-11-09', '2026-11-15'],
		['2026-11-16', '2026-11-22'],
		['2026-11-23', '2026-11-25']
	]);
	expect(read(drawing).tip([{ dataIndex: 1 }])).toContain('9–15 Nov 2026');
	expect(trendOption(spec, context()).marks?.[1]).toMatchObject({ day: '2026-11-21' });
	expect(trendOption(spec, context()).marks?.[1]?.until).toBeUndefined();
});

test('days can be chosen where it is asked for', () => {
	const of = (dates: string[]) => trendOption({ ...spec, dates, brush: true }, context()).brush;
	expect(of(spec.dates)?.dates).toEqual(spec.dates);
	expect(trendOption(spec, context()).brush).toBeUndefined();
});
