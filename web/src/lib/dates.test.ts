import { expect, test } from 'vitest';
import { ago, formatInstant, formatRange } from './dates.ts';

test('spans say no part twice', () => {
	expect(formatRange('2026-11-01', '2026-11-22', 'zh-CN')).toBe('2026年11月1日–22日');
	expect(formatRange('2026-10-28', '2026-11-03', 'zh-CN')).toBe('2026年10月28日–11月3日');
	expect(formatRange('2025-12-28', '2026-01-03', 'zh-CN')).toBe('2025年12月28日–2026年1月3日');
	expect(formatRange('2026-11-01', '2026-11-30', 'zh-CN')).toBe('2026年11月');
	expect(formatRange('2026-11-01', '2026-11-22', 'en')).toBe('1–22 Nov 2026');
	expect(formatRange('2026-10-28', '2026-11-03', 'en')).toBe('28 Oct – 3 Nov 2026');
	expect(formatRange('2025-12-28', '2026-01-03', 'en')).toBe('28 Dec 2025 – 3 Jan 2026');
});

test('how long ago', () => {
	const now = '2026-11-22T12:00:00.000Z';
	expect(ago('2026-11-22T11:59:30.000Z', now)).toBeNull();
	expect(ago('2026-11-22T11:42:00.000Z', now)).toEqual({ value: 18, unit: 'minute' });
	expect(ago('2026-11-22T02:00:00.000Z', now)).toEqual({ value: 10, unit: 'hour' });
	expect(ago('2026-11-19T02:00:00.000Z', now)).toEqual({ value: 3, unit: 'day' });
});

test('instants are read on the business clock', () => {
	expect(formatInstant('2026-11-22T17:30:00.000Z', 'zh-CN', 'Asia/Shanghai')).toContain('23');
});
