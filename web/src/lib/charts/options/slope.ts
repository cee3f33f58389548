/** One line a member across steps that read the same total, such as attribution models; names at the right end. */
import { exact, fitText, frame, short, textMark, rowTooltip, widest, type DrawContext, type Drawing } from '../drawing.ts';
import type { SlopeSpec } from '../spec.ts';
import { category } from '../theme.ts';
import { spread } from './scale.ts';

const HEAD = 28;
const ROW = 17;
const LEAST = 220;
const STEP_ROW = 16;
/** Names need more of a phone's width than lines do. */
const NARROW = 400;

export function slopeOption(spec: SlopeSpec, context: DrawContext): Drawing {
	const { theme, width } = context;
	const last = spec.steps.length - 1;
	const text = (value: number | null | undefined) => short(value, spec.unit, context);
	const left = widest(spec.lines.map((line) => text(line.values[0]))) + 14;
	const endings = spec.lines.map((line) => `${text(line.values[last])}  ${line.name}`);
	const right = Math.min(Math.ceil(widest(endings) * 1.1) + 14, Math.floor(width * (width < NARROW ? 0.54 : 0.42)));
	const stepRoom = (width - left - right) / Math.max(1, last);
	// Names that would touch their neighbours are spread over several rows; the outer ones stand beside their line, not over it.
	const stepRows = Math.min(spec.steps.length, Math.ceil((widest(spec.steps) * 1.25 + 10) / stepRoom));
	const top = HEAD + (stepRows - 1) * STEP_ROW;
	const height = Math.max(spec.height ?? LEAST, spec.lines.length * ROW + top + 24);
	const most = Math.max(1e-9, ...spec.lines.flatMap((line) => line.values.map((value) => value ?? 0)));
	const bottom = height - 10;
	const y = (value: number | null | undefined) => bottom - ((value ?? 0) / most) * (bottom - top);
	const stepX = (index: number) => left + (last === 0 ? 0.5 : index / last) * (width - left - right);
	const nameColour = (colour: number | undefined) => (colour ? category(theme, colour) : theme.muted);
	const places = (lines: typeof spec.lines, index: number) =>
		spread(
			lines.map((line) => y(line.values[index])),
			ROW,
			top + 2,
			bottom + 4
		);
	// Lines that begin at one figure share it; at their ends each has its name.
	const starting = spec.lines.filter(
		(line, index, all) => all.findIndex(({ values }) => text(values[0]) === text(line.values[0])) === index
	);
	const [starts, finishes] = [places(starting, 0), places(spec.lines, last)];
	return {
		height,
		marks: spec.steps.map((_, index) => ({ index, text: stepText(spec, index, context) })),
		option: {
			...frame(theme),
			grid: { left, right, top: top, bottom: height - bottom, outerBoundsMode: 'none' },
			xAxis: {
				type: 'category',
				position: 'top',
				boundaryGap: last === 0,
				data: spec.steps,
				axisLine: { show: false },
				axisTick: { show: false },
				splitLine: { show: true, interval: 0, lineStyle: { color: theme.line } },
				axisLabel: { show: false }
			},
			yAxis: { type: 'value', min: 0, max: most, show: false },
			tooltip: rowTooltip(theme, (index) => stepText(spec, index, context)),
			graphic: {
				elements: [
					...spec.steps.map((step, index) =>
						textMark(theme, { x: stepX(index), y: 9 + (index % stepRows) * STEP_ROW }, step, {
							align: stepAlign(index, last),
							verticalAlign: 'middle'
						})
					),
					...starting.map((line, index) =>
						textMark(theme, { x: left - 10, y: starts[index] ?? 0 }, text(line.values[0]), { align: 'right', verticalAlign: 'middle' })
					),
					...endings.map((ending, index) =>
						textMark(theme, { x: width - right + 10, y: finishes[index] ?? 0 }, fitText(ending, right - 10), {
							fill: nameColour(spec.lines[index]?.colour),
							verticalAlign: 'middle'
						})
					)
				]
			},
			series: spec.lines.map((line) => ({
				type: 'line',
				name: line.name,
				symbol: 'circle',
				symbolSize: 6,
				emphasis: { disabled: true },
				lineStyle: { width: 2, color: category(theme, line.colour), ...(line.dashed ? { type: [5, 4] } : {}) },
				itemStyle: { color: category(theme, line.colour) },
				data: line.values.map((value) => value ?? '-')
			}))
		}
	};
}

function stepAlign(index: number, last: number): 'left' | 'center' | 'right' {
	return last === 0 ? 'center' : index === 0 ? 'left' : index === last ? 'right' : 'center';
}

/** What a step reads, greatest first. */
function stepText(spec: SlopeSpec, index: number, context: DrawContext): string {
	const lines = [...spec.lines].sort((a, b) => (b.values[index] ?? 0) - (a.values[index] ?? 0));
	return [spec.steps[index] ?? '', ...lines.map((line) => `${line.name}  ${exact(line.values[index], spec.unit, context)}`)].join('\n');
}
