/** A line by day with its last point labelled; the comparison is a thin grey line, the target a step. */
import type { DrawContext, Drawing } from '../drawing.ts';
import type { DaysSpec } from '../spec.ts';
import { daysDrawing, lastText } from './days.ts';
import { lastKnown } from './ends.ts';

export function trendOption(spec: DaysSpec, context: DrawContext): Drawing {
	const { theme } = context;
	const last = lastKnown(spec.current.values);
	return daysDrawing(spec, context, ({ behind, comparison, target }) => [
		...behind,
		...comparison,
		...target,
		{
			type: 'line',
			name: spec.current.name,
			z: 3,
			showAllSymbol: true,
			emphasis: { disabled: true },
			lineStyle: { color: theme.accent, width: 2.2, join: 'round' },
			itemStyle: { color: theme.accent },
			data: spec.current.values.map((value, index) => ({
				value: value ?? '-',
				symbol: index === last || alone(spec, index) ? 'circle' : 'none',
				symbolSize: index === last ? 7 : 4,
				label:
					index === last
						? {
								show: true,
								position: 'top',
								distance: 7,
								color: theme.text,
								fontWeight: 600,
								textBorderColor: theme.surface,
								textBorderWidth: 3,
								formatter: () => lastText(spec, context)
							}
						: { show: false }
			}))
		}
	]);
}

/** A value between two gaps has no line to be seen by. */
function alone(spec: DaysSpec, index: number): boolean {
	const { values } = spec.current;
	return values[index] !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
}
