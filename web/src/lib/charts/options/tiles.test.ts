import { expect, test } from 'vitest';
import type { TilesSpec } from '../spec.ts';
import { cssTheme, stepColour } from '../theme.ts';
import { fittingValue } from './cells.ts';
import { GRID, REGIONS, regionName, regionOf } from './china.ts';
import { context } from './testing.ts';
import { tilesOf, tilesOption } from './tiles.ts';

const spec: TilesSpec = {
	kind: 'tiles',
	label: 'Leads by province',
	unit: 'count',
	name: 'Leads',
	dimension: 'province',
	regions: [
		{ id: '江苏省', value: 2497 },
		{ id: '内蒙古自治区', value: 12 },
		{ id: '江苏', value: 1 },
		{ id: 'Atlantis', value: 9 }
	]
};

test('34 regions, each in a place of its own inside the grid', () => {
	expect(REGIONS).toHaveLength(34);
	expect(new Set(REGIONS.map(({ row, column }) => `${row},${column}`)).size).toBe(34);
	expect(REGIONS.every(({ row, column }) => row < GRID.rows && column < GRID.columns)).toBe(true);
	expect(new Set(REGIONS.map(({ code }) => code)).size).toBe(34);
});

test('a region is named in the reader’s language, and what is none stays as it is', () => {
	expect(['江苏', '内蒙古自治区', '台湾', 'Atlantis'].map((name) => regionName(name, 'en'))).toEqual([
		'Jiangsu',
		'Inner Mongolia',
		'Taiwan',
		'Atlantis'
	]);
	expect(['江苏', 'Jiangsu', '未知'].map((name) => regionName(name, 'zh-CN'))).toEqual(['江苏', '江苏', '未知']);
});

test('names with and without their ending, in both languages; the first of a region counts', () => {
	expect(regionOf('广西壮族自治区')?.mark).toBe('桂');
	expect(regionOf('inner mongolia')?.mark).toBe('蒙');
	expect(regionOf('Atlantis')).toBeNull();
	const tiles = tilesOf(spec.regions);
	expect(tiles.find(({ mark }) => mark === '苏')?.of?.value).toBe(2497);
	expect(tiles.filter(({ of }) => of)).toHaveLength(2);
});

test('each tile can be reached, those with data acted upon', () => {
	const { marks, height } = tilesOption(spec, context({ width: 300 }));
	expect(marks).toHaveLength(34);
	expect(marks?.filter(({ member }) => member).map(({ member }) => member?.id)).toEqual(['内蒙古自治区', '江苏省']);
	expect(marks?.find(({ text }) => text.startsWith('Gansu'))?.text).toBe('Gansu\nLeads  –');
	expect(height).toBeGreaterThan(300);
});

test('a value is shortened to its room, never cut', () => {
	expect(fittingValue(0.3312, 'percent', 60, context())).toBe('33.1%');
	expect(fittingValue(0.3312, 'percent', 28, context())).toBe('33%');
	expect(fittingValue(2497, 'count', 33, context())).toBe('2497');
	expect(fittingValue(24970, 'count', 28, context())).toBe('25K');
	expect(fittingValue(null, 'count', 30, context())).toBe('–');
});

test('five steps from least to most, both ways from a middle', () => {
	const plain = stepColour(cssTheme, [0, 10, null]);
	expect([plain(0).fill, plain(5).fill, plain(10).fill]).toEqual(['var(--seq-1)', 'var(--seq-3)', 'var(--seq-5)']);
	const both = stepColour(cssTheme, [-1, 10], 0);
	expect([both(-10).fill, both(0).fill, both(10).fill]).toEqual(['var(--div-1)', 'var(--div-3)', 'var(--div-5)']);
	expect(stepColour(cssTheme, [4, 4])(4).fill).toBe('var(--seq-3)');
});

test('the line around an empty tile lies inside the picture, at every edge', () => {
	const width = 560;
	const drawing = tilesOption(spec, context({ width }));
	const [series] = [drawing.option.series ?? []].flat() as { renderItem: (params: { dataIndex: number }) => { children: Shape[] } }[];
	interface Shape {
		type: string;
		shape: { x: number; y: number; width: number; height: number };
		style: { lineWidth?: number };
	}
	const lines = REGIONS.flatMap((_, dataIndex) => series?.renderItem({ dataIndex }).children ?? []).filter(({ style }) => style.lineWidth);
	expect(lines.length).toBeGreaterThan(20);
	for (const { shape, style } of lines) {
		const half = (style.lineWidth ?? 0) / 2;
		expect(shape.x - half).toBeGreaterThanOrEqual(0);
		expect(shape.y - half).toBeGreaterThanOrEqual(0);
		expect(shape.x + shape.width + half).toBeLessThanOrEqual(width + 1e-9);
		expect(shape.y + shape.height + half).toBeLessThanOrEqual(drawing.height);
	}
});
