/** Bars by day from zero; the comparison is a thin grey line, the target a step. */
import type { DrawContext, Drawing } from '../drawing.ts';
import type { DaysSpec } from '../spec.ts';
import { daysDrawing, lastText } from './days.ts';
import { lastKnown } from './ends.ts';

export function dailyOption(spec: DaysSpec, context: DrawContext): Drawing {
	const { theme } = context;
	const last = lastKnown(spec.current.values);
	return daysDrawing(spec, context, ({ behind, comparison, target }) => [
		...behind,
		{
			type: 'bar',
			name: spec.current.name,
			barCategoryGap: '28%',
			barMaxWidth: 26,
			emphasis: { disabled: true },
			data: spec.current.values.map((value, index) => ({
				value: value ?? '-',
				itemStyle: { color: index === last ? theme.accent : theme.bar },
				label:
					index === last
						? { show: true, position: 'top', distance: 4, color: theme.text, fontWeight: 600, formatter: () => lastText(spec, context) }
						: { show: false }
			}))
		},
		...comparison,
		...target
	]);
}
