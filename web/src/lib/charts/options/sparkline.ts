/** A small line without axes or words, beside a figure that says the rest. */
import { frame, type DrawContext, type Drawing } from '../drawing.ts';
import type { SparklineSpec } from '../spec.ts';
import { lastKnown } from './ends.ts';

const HEIGHT = 28;

export function sparklineOption(spec: SparklineSpec, context: DrawContext): Drawing {
	const { theme } = context;
	const known = spec.values.filter((value) => value !== null);
	const least = Math.min(...known);
	const most = Math.max(...known);
	const margin = (most - least) * 0.08 || Math.abs(most) * 0.1 || 1;
	const last = lastKnown(spec.values);
	return {
		height: HEIGHT,
		option: {
			...frame(theme),
			grid: { left: 1, right: 4, top: 4, bottom: 4, outerBoundsMode: 'none' },
			xAxis: { type: 'category', show: false, boundaryGap: false, data: spec.values.map((_, index) => index) },
			yAxis: { type: 'value', show: false, min: known.length ? least - margin : 0, max: known.length ? most + margin : 1 },
			series: [
				{
					type: 'line',
					silent: true,
					showAllSymbol: true,
					emphasis: { disabled: true },
					lineStyle: { color: theme.faint, width: 1.4, join: 'round' },
					itemStyle: { color: theme.accent },
					data: spec.values.map((value, index) => ({ value: value ?? '-', symbol: index === last ? 'circle' : 'none', symbolSize: 5 }))
				}
			]
		}
	};
}
