/** Cells with a value printed on a colour: what the tile map and the heat map have in common. */
import { formatNumber, type Unit } from '../../format.ts';
import { FONT_SIZE, textWidth, type DrawContext } from '../drawing.ts';
import type { ChartTheme } from '../theme.ts';

export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** A value as exactly as its cell has room for: exact, then without decimals or abbreviated, then nothing. */
export function fittingValue(value: number | null, unit: Unit, room: number, { locale, currency }: DrawContext): string {
	if (value === null) return '–';
	const whole =
		unit === 'percent' ? `${Math.round(value * 100)}%` : formatNumber(Math.round(value), unit, locale, { currency, bare: true });
	const thousands = Math.abs(value) >= 1000 && unit !== 'percent' ? `${+(value / 1000).toFixed(value < 1e4 ? 1 : 0)}K` : whole;
	const choices = [
		formatNumber(value, unit, locale, { currency, bare: true, style: 'short' }),
		whole,
		whole.replaceAll(',', ''),
		thousands
	];
	// Fonts may run wider than the estimate, and a text that touches its neighbour is not read.
	return choices.find((text) => textWidth(text) * 1.15 <= room) ?? '';
}

/** Shapes of one cell: its ground, and texts one below the other in its middle. */
export function cellShapes(
	box: Box,
	fill: string | null,
	lines: readonly { text: string; colour: string; strong?: boolean }[],
	theme: ChartTheme
) {
	const step = 15;
	const first = box.y + box.height / 2 - ((lines.length - 1) * step) / 2;
	return [
		{
			type: 'rect' as const,
			// A line is drawn half to each side of its shape: inside the cell, so that the picture's edge cuts none.
			shape: fill === null ? { x: box.x + 0.5, y: box.y + 0.5, width: box.width - 1, height: box.height - 1, r: 3 } : { ...box, r: 3 },
			style: fill === null ? { fill: 'transparent', stroke: theme.line, lineWidth: 1 } : { fill }
		},
		...lines.map((line, index) => ({
			type: 'text' as const,
			silent: true,
			x: box.x + box.width / 2,
			y: first + index * step,
			style: {
				text: line.text,
				fill: line.colour,
				fontSize: FONT_SIZE,
				fontWeight: line.strong ? (600 as const) : ('normal' as const),
				fontFamily: theme.fontFamily,
				align: 'center' as const,
				verticalAlign: 'middle' as const
			}
		}))
	];
}
