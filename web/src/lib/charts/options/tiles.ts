/** The 34 regions of China as a grid of tiles: one size for all, values printed. A map's outlines would need an approval number. */
import { exact, frame, itemTooltip, pixelSeries, type DrawContext, type Drawing } from '../drawing.ts';
import type { TileRegion, TilesSpec } from '../spec.ts';
import { stepColour } from '../theme.ts';
import { cellShapes, fittingValue } from './cells.ts';
import { GRID, REGIONS, regionOf, type Region } from './china.ts';

const GAP = 3;
const MOST_WIDTH = 62;
const TALL = 38;

export interface Tile extends Region {
	/** Null where the data has no such region. */
	of: TileRegion | null;
}

/** Every region with its value; several names of one region are not added up: the first counts. */
export function tilesOf(regions: readonly TileRegion[]): Tile[] {
	const byMark = new Map<string, TileRegion>();
	for (const region of regions) {
		const mark = regionOf(region.id)?.mark;
		if (mark && !byMark.has(mark)) byMark.set(mark, region);
	}
	return REGIONS.map((region) => ({ ...region, of: byMark.get(region.mark) ?? null }));
}

export function tilesOption(spec: TilesSpec, context: DrawContext): Drawing {
	const { theme, locale, width } = context;
	const tiles = tilesOf(spec.regions);
	const colour = stepColour(
		theme,
		tiles.map((tile) => tile.of?.value ?? null),
		spec.middle
	);
	const tileWidth = Math.min(MOST_WIDTH, (width - GAP * (GRID.columns - 1)) / GRID.columns);
	const left = Math.max(0, (width - GRID.columns * tileWidth - (GRID.columns - 1) * GAP) / 2);
	const nameOf = (tile: Tile) => (locale === 'en' ? tile.en : tile.zh);
	const tip = (index: number) => {
		const tile = tiles[index];
		if (!tile) return '';
		const lines = [nameOf(tile), `${spec.name}  ${exact(tile.of?.value, spec.unit, context)}`];
		return [...lines, ...(tile.of?.note ? [tile.of.note] : [])].join('\n');
	};
	const items = tiles.map((tile) => {
		const value = tile.of?.value ?? null;
		const look = value === null ? null : colour(value);
		const text = look?.text ?? theme.muted;
		const box = {
			x: left + tile.column * (tileWidth + GAP),
			y: tile.row * (TALL + GAP),
			width: tileWidth,
			height: TALL
		};
		const shown = fittingValue(value, spec.unit, tileWidth - 2, context);
		const mark = locale === 'en' ? tile.code : tileWidth > 50 ? tile.zh : tile.mark;
		return {
			name: tile.zh,
			children: cellShapes(
				box,
				look?.fill ?? null,
				[
					{ text: mark, colour: text },
					{ text: shown, colour: text, strong: value !== null }
				],
				theme
			)
		};
	});
	return {
		height: GRID.rows * (TALL + GAP) - GAP,
		marks: tiles.map((tile, index) => ({
			index,
			text: tip(index),
			href: tile.of?.href,
			member: tile.of && spec.dimension !== undefined ? { dimension: spec.dimension, id: tile.of.id, name: nameOf(tile) } : undefined
		})),
		option: { ...frame(theme), tooltip: itemTooltip(theme, tip), series: [pixelSeries(items)] }
	};
}
