/** What builders are given and what they answer. */
import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Locale, Unit } from '../format.ts';
import { formatNumber } from '../format.ts';
import { chartMessages } from '../messages/chart.ts';
import type { ChartTheme } from './theme.ts';

export type Option = ComposeOption<
	BarSeriesOption | LineSeriesOption | CustomSeriesOption | GridComponentOption | TooltipComponentOption | GraphicComponentOption
>;

export interface DrawContext {
	locale: Locale;
	theme: ChartTheme;
	/** Pixels that the picture is drawn for: text is 12 px at exactly this width. */
	width: number;
	/** ISO code. */
	currency: string;
}

/** Something in a picture that can be pointed at, reached by keyboard and acted upon. */
export interface Mark {
	/** Index of its data item, and of its series where several have items of that index. */
	index: number;
	series?: number;
	/** What the tooltip says, for those who hear it. */
	text: string;
	/** Where it leads by itself. */
	href?: string | undefined;
	/** Member, day or stage that it stands for: what a menu can filter to, exclude, split, compare and list. */
	member?: { dimension: string; id: string; name: string } | undefined;
	day?: string;
	/** Last day, where the mark stands for a week. */
	until?: string | undefined;
	stage?: { id: string; name: string };
}

export interface Drawing {
	option: Option;
	/** Pixels. */
	height: number;
	/** In reading order. */
	marks?: Mark[];
	/** Days that can be dragged over, and the pixels left and right of them. */
	brush?: {
		dates: readonly string[];
		within?: { from: string; to: string } | undefined;
		left: number;
		right: number;
	};
}

/** The member that a row stands for; nothing where the chart is of no dimension, or the row of no member. */
export function memberOf(spec: { dimension?: string }, row: { id: string; name: string }): Mark['member'] {
	return spec.dimension === undefined || row.id === '' || row.id === 'other' || row.id.startsWith('(')
		? undefined
		: { dimension: spec.dimension, id: row.id, name: row.name };
}

export const FONT_SIZE = 12;

/** Pixels that a text takes, near enough to reserve room: a Chinese character is a square, a digit a little over half. */
export function textWidth(text: string, size = FONT_SIZE): number {
	let width = 0;
	for (const character of text)
		width += character.charCodeAt(0) > 0x2e7f ? 1 : /[A-Z%M@&mw]/.test(character) ? 0.72 : /[iljt.,;:'|! ]/.test(character) ? 0.32 : 0.57;
	return Math.ceil(width * size);
}

/** Room for fonts that run wider than the estimate. */
export const WIDER = 1.1;

/** A text cut to `width` pixels, with some room for wide fonts. */
export function fitText(text: string, width: number): string {
	if (textWidth(text) * WIDER <= width) return text;
	let fitted = text;
	while (fitted.length > 1 && textWidth(`${fitted}…`) * WIDER > width) fitted = fitted.slice(0, -1).trimEnd();
	return `${fitted}…`;
}

export function widest(texts: readonly string[]): number {
	return texts.reduce((width, text) => Math.max(width, textWidth(text)), 0);
}

export function words(context: DrawContext) {
	return chartMessages[context.locale];
}

export function exact(value: number | null | undefined, unit: Unit, context: DrawContext): string {
	return formatNumber(value, unit, context.locale, { currency: context.currency });
}

export function short(value: number | null | undefined, unit: Unit, context: DrawContext): string {
	return formatNumber(value, unit, context.locale, { currency: context.currency, style: 'short' });
}

/** What every picture has in common. Nothing moves, so animation is off everywhere. */
export function frame(theme: ChartTheme): Pick<Option, 'animation' | 'textStyle'> {
	return { animation: false, textStyle: { fontFamily: theme.fontFamily, fontSize: FONT_SIZE, color: theme.muted } };
}

/** Looks of a tooltip; it is drawn into the picture, since a page with a strict policy takes no HTML with styles. */
export function tooltip(theme: ChartTheme): TooltipComponentOption {
	return {
		renderMode: 'richText',
		confine: true,
		transitionDuration: 0,
		shadowBlur: 0,
		backgroundColor: theme.surface,
		borderColor: theme.grey,
		borderWidth: 1,
		padding: [8, 10],
		// Its family says that it is measured as it is shown: see `measure.ts`.
		textStyle: { color: theme.text, fontSize: FONT_SIZE, lineHeight: 18, fontFamily: 'sans-serif' },
		extraCssText: ''
	};
}

/** A tooltip for each row or step, wherever in it the pointer is. */
export function rowTooltip(theme: ChartTheme, text: (index: number) => string): TooltipComponentOption {
	return {
		...tooltip(theme),
		trigger: 'axis',
		axisPointer: { type: 'none' },
		formatter: (items) => text((Array.isArray(items) ? items[0] : items)?.dataIndex ?? 0)
	};
}

/** Words at a place of the picture. */
export function textMark(
	theme: ChartTheme,
	place: { x: number; y: number },
	text: string,
	style: { fill?: string; align?: 'left' | 'center' | 'right'; verticalAlign?: 'top' | 'middle'; width?: number } = {}
) {
	return {
		type: 'text' as const,
		silent: true,
		...place,
		style: {
			text,
			fill: theme.muted,
			fontSize: FONT_SIZE,
			fontFamily: theme.fontFamily,
			...style,
			...(style.width === undefined ? {} : { overflow: 'truncate' as const })
		}
	};
}

/** Shapes at pixels that the builder decided itself, one group a data item; no library of kinds is needed for them. */
export function pixelSeries(items: readonly { children: object[]; name?: string }[], silent = false): CustomSeriesOption {
	return {
		type: 'custom',
		coordinateSystem: 'none',
		silent,
		data: items.map((item, index) => ({ value: [index], name: item.name ?? '' })),
		renderItem: (params) => ({
			type: 'group' as const,
			// Emphasis would compute a colour from a custom property, and end with none.
			emphasisDisabled: true,
			children: (items[params.dataIndex]?.children ?? []) as never
		})
	};
}

/** A tooltip for each item of a picture's pixels. */
export function itemTooltip(theme: ChartTheme, text: (index: number) => string): TooltipComponentOption {
	return {
		...tooltip(theme),
		trigger: 'item',
		formatter: (item) => text((Array.isArray(item) ? item[0] : item)?.dataIndex ?? 0)
	};
}

/** Stripes in the colour of the ground, over a bar that may still grow. */
export function hatch(theme: ChartTheme) {
	return { symbol: 'rect', color: theme.surface, dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -Math.PI / 4, symbolSize: 1 };
}
