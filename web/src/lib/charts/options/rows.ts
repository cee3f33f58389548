/** Frame of charts with one row a member: names on the left, columns of figures on the right, the picture between. */
import { FONT_SIZE, textMark, textWidth, widest, type DrawContext, type Option } from '../drawing.ts';

export interface FigureColumn {
	title: string;
	/** One text a row. */
	texts: string[];
	strong?: boolean;
}

export interface RowsFrame {
	grid: NonNullable<Option['grid']>;
	yAxis: Option['yAxis'];
	/** Titles of the figures. */
	heads: ReturnType<typeof textMark>[];
	height: number;
	/** Pixels between the names and the figures. */
	room: number;
	left: number;
	top: number;
}

const HEAD = 22;
const GAP = 14;
/** Share of the width that names may take beside the picture. */
const NAMES_AT_MOST = 0.42;
/** Below this width names stand above their rows where they would leave the picture less than this share of it. */
const NARROW = 440;
const PICTURE_AT_LEAST = 0.48;
const NAME_GAP = 12;
const NAME_LINE = 20;

/** `atLeast`: pixels of a row, with its name where that stands above it. */
export function rowsFrame(names: string[], columns: FigureColumn[], context: DrawContext, rowHeight: number, atLeast = 0): RowsFrame {
	const { theme, width } = context;
	const widths = columns.map((column) => Math.max(textWidth(column.title), widest(column.texts) * (column.strong ? 1.05 : 1)));
	const right = Math.ceil(widths.reduce((sum, each) => sum + each + GAP, 0));
	const beside = Math.min(Math.max(widest(names), 40) + 2, Math.floor(width * NAMES_AT_MOST));
	const above = width < NARROW && width - right - beside - NAME_GAP < width * PICTURE_AT_LEAST;
	const nameWidth = above ? width : beside;
	const left = above ? 2 : nameWidth + NAME_GAP;
	const top = columns.length ? HEAD : 2;
	const height = top + names.length * Math.max(atLeast, rowHeight + (above ? NAME_LINE : 0)) + 2;
	const base = { type: 'category' as const, inverse: true, axisLine: { show: false }, axisTick: { show: false } };
	const text = { fontSize: FONT_SIZE, fontFamily: theme.fontFamily, interval: 0 };
	let reach = 0;
	const ends = widths.map((each) => (reach += each + GAP));
	return {
		grid: { left, right, top, bottom: 2, containLabel: false, outerBoundsMode: 'none' },
		yAxis: [
			{
				...base,
				data: names,
				z: 3,
				axisLabel: {
					...text,
					color: theme.text,
					align: 'left',
					width: nameWidth,
					overflow: 'truncate',
					...(above
						? {
								inside: true,
								margin: -2,
								verticalAlign: 'bottom',
								padding: [0, 0, 14, 0],
								textBorderColor: theme.surface,
								textBorderWidth: 3
							}
						: { margin: left })
				}
			},
			...columns.map((column, index) => ({
				...base,
				position: 'right' as const,
				data: names,
				axisLabel: {
					...text,
					color: column.strong ? theme.text : theme.muted,
					fontWeight: column.strong ? (600 as const) : ('normal' as const),
					align: 'right' as const,
					margin: ends[index] ?? 0,
					formatter: (_: string, row: number) => column.texts[row] ?? ''
				}
			}))
		],
		heads: columns.map((column, index) =>
			textMark(theme, { x: width - right + (ends[index] ?? 0), y: 3 }, column.title, { align: 'right' })
		),
		height,
		room: width - left - right,
		left,
		top
	};
}
