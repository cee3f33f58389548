/** The living chart over its picture: tooltips and clicks. Loaded with the drawing library on first interaction. */
import { goto } from '$app/navigation';
import { draw } from './draw.ts';
import { init } from './engine.ts';
import type { Picture } from './picture.ts';
import { cssTheme } from './theme.ts';

/** Draws over the picture that is shown and follows its size; the answer ends it. */
export function enliven(node: HTMLElement, picture: Picture): () => void {
	const layer = document.createElement('div');
	layer.className = 'live';
	node.append(layer);
	const theme = { ...cssTheme, fontFamily: getComputedStyle(node).fontFamily };
	let drawn: SVGSVGElement | null = null;
	let instance: ReturnType<typeof init> | null = null;

	const follow = () => {
		const shown = [...node.querySelectorAll<SVGSVGElement>(':scope > svg')].find((svg) => getComputedStyle(svg).display !== 'none');
		if (!shown) return;
		const { width, height } = shown.viewBox.baseVal;
		// The same size as the picture, scaled like it: waking up moves nothing.
		layer.style.width = `${width}px`;
		layer.style.height = `${height}px`;
		layer.style.transform = `scale(${shown.getBoundingClientRect().width / width})`;
		if (shown === drawn) return;
		drawn = shown;
		instance?.dispose();
		const { option, links } = draw(picture.spec, { theme, width, locale: picture.locale, currency: picture.currency });
		const cursor = links?.some(Boolean) ? 'pointer' : 'default';
		const series = [option.series ?? []].flat().map((each) => ({ ...each, cursor }));
		instance = init(layer, null, { renderer: 'svg', width, height });
		instance.setOption({ ...option, series });
		instance.on('click', ({ dataIndex }) => {
			const href = links?.[dataIndex];
			// eslint-disable-next-line svelte/no-navigation-without-resolve -- the address comes from the server, complete
			if (href) void goto(href);
		});
	};
	const observer = new ResizeObserver(follow);
	observer.observe(node);
	follow();
	node.classList.add('awake');

	return () => {
		observer.disconnect();
		instance?.dispose();
		layer.remove();
		node.classList.remove('awake');
	};
}
