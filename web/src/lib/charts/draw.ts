/** From a chart's data to its drawing: the one place that knows every kind. */
import type { DrawContext, Drawing } from './drawing.ts';
import { barsOption } from './options/bars.ts';
import { dailyOption } from './options/daily.ts';
import { funnelOption } from './options/funnel.ts';
import { heatOption } from './options/heat.ts';
import { multiplesOption } from './options/multiples.ts';
import { rankingOption } from './options/ranking.ts';
import { sankeyOption } from './options/sankey.ts';
import { shareOption } from './options/share.ts';
import { slopeOption } from './options/slope.ts';
import { sparklineOption } from './options/sparkline.ts';
import { tilesOption } from './options/tiles.ts';
import { trendOption } from './options/trend.ts';
import { waterfallOption } from './options/waterfall.ts';
import type { ChartSpec } from './spec.ts';

export function draw(spec: ChartSpec, context: DrawContext): Drawing {
	switch (spec.kind) {
		case 'trend':
			return trendOption(spec, context);
		case 'daily':
			return dailyOption(spec, context);
		case 'funnel':
			return funnelOption(spec, context);
		case 'ranking':
			return rankingOption(spec, context);
		case 'bars':
			return barsOption(spec, context);
		case 'share':
			return shareOption(spec, context);
		case 'slope':
			return slopeOption(spec, context);
		case 'sparkline':
			return sparklineOption(spec, context);
		case 'waterfall':
			return waterfallOption(spec, context);
		case 'tiles':
			return tilesOption(spec, context);
		case 'heat':
			return heatOption(spec, context);
		case 'multiples':
			return multiplesOption(spec, context);
		case 'sankey':
			return sankeyOption(spec, context);
	}
}
