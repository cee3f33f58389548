import { describe, expect, test } from 'vitest';
import { changeOf, formatChange, formatDate, formatDifference, formatNumber } from './format.ts';

describe('formatNumber', () => {
	test.each([
		[8412, 'count', 'zh-CN', 'exact', '8,412'],
		[12345, 'count', 'zh-CN', 'short', '1.23万'],
		[12345, 'count', 'en', 'short', '12.3K'],
		[9999, 'count', 'en', 'short', '9,999'],
		[250_000_000, 'count', 'zh-CN', 'short', '2.5亿'],
		[1_500_000, 'money', 'en', 'short', '¥1.5M'],
		[-27, 'count', 'en', 'exact', '−27'],
		[0.6344, 'percent', 'en', 'exact', '63.4%'],
		[-0.0001, 'percent', 'en', 'exact', '0.0%'],
		[2318.4, 'money', 'zh-CN', 'exact', '¥2,318'],
		[86.456, 'money', 'zh-CN', 'exact', '¥86.46'],
		[-30, 'money', 'en', 'exact', '−¥30'],
		[45, 'minutes', 'zh-CN', 'exact', '45 分钟'],
		[126, 'minutes', 'en', 'exact', '2.1 h'],
		[3, 'days', 'en', 'exact', '3.0 d'],
		[1.234, 'ratio', 'en', 'exact', '1.23']
	] as const)('%s %s %s %s', (value, unit, locale, style, text) => {
		expect(formatNumber(value, unit, locale, { style })).toBe(text);
	});

	test('missing is a dash, not a zero', () => {
		expect(formatNumber(null, 'count', 'en')).toBe('–');
		expect(formatNumber(1 / 0, 'percent', 'en')).toBe('–');
		expect(formatNumber(0, 'percent', 'en')).toBe('0.0%');
	});

	test('held back is a dash with a star, and so is what was worked out with it', () => {
		for (const unit of ['count', 'percent', 'money'] as const) expect(formatNumber(NaN, unit, 'en')).toBe('–*');
		expect(formatChange(changeOf(NaN, 5, 'count'), 'count', 'en')).toBe('–*');
		expect(formatChange(changeOf(0.4, NaN, 'percent'), 'percent', 'en')).toBe('–*');
		expect(formatDifference(NaN, 'money', 'zh-CN')).toBe('–*');
	});

	test('the currency of the brand', () => {
		expect(formatNumber(1200, 'money', 'en', { currency: 'BRL' })).toBe('R$1,200');
	});
});

describe('changes', () => {
	test('a rate changes by points, a count by percent', () => {
		expect(formatChange(changeOf(0.6, 0.612, 'percent'), 'percent', 'zh-CN')).toBe('−1.2 点');
		expect(formatChange(changeOf(106.1, 100, 'count'), 'count', 'en')).toBe('+6.1%');
		expect(formatChange(changeOf(100.001, 100, 'count'), 'count', 'en')).toBe('0.0%');
	});

	test('nothing to compare with', () => {
		expect(changeOf(5, 0, 'count')).toBeNull();
		expect(changeOf(5, null, 'count')).toBeNull();
		expect(formatChange(null, 'count', 'en')).toBe('–');
	});

	test('differences carry their sign', () => {
		expect(formatDifference(12, 'count', 'en')).toBe('+12');
		expect(formatDifference(0, 'count', 'en')).toBe('0');
	});
});

test('dates follow the locale and no time zone', () => {
	expect(formatDate('2026-11-22', 'zh-CN')).toBe('2026年11月22日');
	expect(formatDate('2026-11-22T23:30:00.000', 'en', 'short')).toBe('22 Nov');
	expect(formatDate(null, 'en')).toBe('–');
});
