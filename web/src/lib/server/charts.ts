/** Draws charts on the server. A drawn picture is kept: the same data in the same language is never drawn twice. */
import { createHash } from 'node:crypto';
import { draw } from '../charts/draw.ts';
import type { DrawContext } from '../charts/drawing.ts';
import { init } from '../charts/engine.ts';
import { Picture, type Markup } from '../charts/picture.ts';
import type { ChartSpec } from '../charts/spec.ts';
import { cleanSvg } from '../charts/svg.ts';
import { tableHtml } from '../charts/tabular.ts';
import { cssTheme } from '../charts/theme.ts';
import { type Screen, drawnWidths } from '../charts/widths.ts';
import type { Locale } from '../format.ts';

export interface ChartOptions {
	/** Pixels inside its card on a window of 1,440 px. */
	width: number;
	locale: Locale;
	/** ISO code of money; CNY by default. */
	currency?: string;
}

/** Of pictures kept, at two bytes a letter. One is some 15 kB, and four times that where it is drawn for all windows. */
const KEPT_BYTES = 40 * 1024 * 1024;
/** Stands for the prefix of ids, which differs between places that show the same picture. */
const PREFIX = 'picture0';
const kept = new Map<string, Markup>();
let keptBytes = 0;
const bytesOf = ({ pictures, table }: Markup) => 2 * (pictures.length + table.length);

/** Of a request: how the answer travels, and to which window. */
export interface Asking {
	isDataRequest: boolean;
	locals: { screen: Screen };
}

/** In a `load`: the picture of `spec`, under a name that is unique on the page. */
export function chart(event: Asking, name: string, spec: ChartSpec, { width, locale, currency = 'CNY' }: ChartOptions): Picture {
	const widths = spec.kind === 'sparkline' ? [width] : drawnWidths(width, event.locals.screen);
	const { pictures, table } = markupOf(spec, { widths, locale, currency });
	const markup = { pictures: pictures.replaceAll(PREFIX, name), table };
	return new Picture({ id: name, spec, locale, currency, markup }, event.isDataRequest);
}

function markupOf(spec: ChartSpec, options: { widths: number[]; locale: Locale; currency: string }): Markup {
	// The key is the data itself, so neither a new version nor another reader's policy can get a picture that is not theirs.
	const key = createHash('sha256')
		.update(JSON.stringify([spec, options]))
		.digest('base64');
	const found = kept.get(key);
	if (found !== undefined) {
		kept.delete(key);
		kept.set(key, found);
		return found;
	}
	const { widths, locale, currency } = options;
	const pictures = widths
		.map((width, index) => {
			const shown =
				spec.kind === 'sparkline'
					? 'stretched'
					: [`w-${width}`, index > 0 && `from-${width}`, widths[index + 1] && `until-${widths[index + 1]}`].filter(Boolean).join(' ');
			return renderSvg(spec, { theme: cssTheme, locale, currency, width }, `${PREFIX}-${width}`).replace(
				/<svg width="[\d.]+" height="[\d.]+"/,
				`<svg aria-hidden="true" focusable="false"${shown ? ` class="${shown}"` : ''}${spec.kind === 'sparkline' ? ' preserveAspectRatio="none"' : ''}`
			);
		})
		.join('');
	const markup = { pictures, table: spec.kind === 'sparkline' ? '' : tableHtml(spec, options) };
	kept.set(key, markup);
	keptBytes += bytesOf(markup);
	for (const [oldest, drawn] of kept) {
		if (keptBytes <= KEPT_BYTES) break;
		kept.delete(oldest);
		keptBytes -= bytesOf(drawn);
	}
	return markup;
}

/** One SVG; `prefix` starts its ids. */
export function renderSvg(spec: ChartSpec, context: DrawContext, prefix: string): string {
	const { option, height } = draw(spec, context);
	const instance = init(null, null, { renderer: 'svg', ssr: true, width: context.width, height });
	try {
		instance.setOption(option);
		return cleanSvg(instance.renderToSVGString(), prefix);
	} finally {
		instance.dispose();
	}
}
