/** A matrix as coloured cells with their values. */
import {
	exact,
	fitText,
	frame,
	itemTooltip,
	memberOf,
	pixelSeries,
	textMark,
	textWidth,
	widest,
	type DrawContext,
	type Drawing
} from '../drawing.ts';
import type { HeatSpec } from '../spec.ts';
import { stepColour } from '../theme.ts';
import { cellShapes, fittingValue } from './cells.ts';

const ROW = 28;
const GAP = 2;
const HEAD = 20;
const NAMES_AT_MOST = 0.34;

export function heatOption(spec: HeatSpec, context: DrawContext): Drawing {
	const { theme, width } = context;
	const { rows, columns } = spec;
	const colour = stepColour(theme, spec.values.flat(), spec.middle);
	const names = Math.min(Math.ceil(widest(rows.map((row) => row.name)) * 1.1) + 12, Math.floor(width * NAMES_AT_MOST));
	const cell = (width - names) / Math.max(1, columns.length);
	/** Heads that would touch their neighbours are written for every second, third … column. */
	const step = Math.max(1, Math.ceil((Math.min(widest(columns.map((column) => column.name)), cell * 4) + 6) / cell));
	const at = (index: number) => ({ row: Math.floor(index / columns.length), column: index % columns.length });
	const valueAt = (index: number) => spec.values[at(index).row]?.[at(index).column] ?? null;
	const tip = (index: number) => {
		const { row, column } = at(index);
		return `${rows[row]?.name ?? ''} · ${columns[column]?.name ?? ''}\n${spec.name}  ${exact(valueAt(index), spec.unit, context)}`;
	};
	const cells = Array.from({ length: rows.length * columns.length }, (_, index) => {
		const { row, column } = at(index);
		const value = valueAt(index);
		const look = value === null ? null : colour(value);
		const box = { x: names + column * cell, y: HEAD + row * ROW, width: cell - GAP, height: ROW - GAP };
		const text = fittingValue(value, spec.unit, cell - GAP - 4, context);
		return { children: cellShapes(box, look?.fill ?? null, text === '' ? [] : [{ text, colour: look?.text ?? theme.muted }], theme) };
	});
	return {
		height: HEAD + rows.length * ROW,
		marks: cells.map((_, index) => {
			const row = rows[at(index).row];
			return { index, text: tip(index), member: row && memberOf(spec, row) };
		}),
		option: {
			...frame(theme),
			tooltip: itemTooltip(theme, tip),
			graphic: {
				elements: [
					...rows.map((row, index) =>
						textMark(theme, { x: 0, y: HEAD + index * ROW + ROW / 2 - 1 }, fitText(row.name, names - 8), {
							fill: theme.text,
							verticalAlign: 'middle'
						})
					),
					...columns.flatMap((column, index) =>
						index % step === 0
							? [
									textMark(
										theme,
										{ x: names + index * cell + (cell - GAP) / 2, y: 3 },
										fitText(column.name, Math.max(cell * step, textWidth('88'))),
										{
											align: 'center'
										}
									)
								]
							: []
					)
				]
			},
			series: [pixelSeries(cells)]
		}
	};
}
