/** The living chart over its picture: tooltips, clicks, dragging over days, arrow keys. Loaded with the drawing library on first interaction. */
import { goto } from '$app/navigation';
import { page } from '$app/state';
import { withParameters } from '../parameters.ts';
import { followBrush } from './brush.ts';
import { draw } from './draw.ts';
import type { Drawing, Mark } from './drawing.ts';
import { init } from './engine.ts';
import { followKeys } from './keys.ts';
import type { Picture } from './picture.ts';
import { cssTheme } from './theme.ts';

/** Draws over the picture that is shown and follows its size; the answer ends it. */
export function enliven(node: HTMLElement, picture: Picture): () => void {
	const layer = document.createElement('div');
	layer.className = 'live';
	node.append(layer);
	let shownSvg: SVGSVGElement | null = null;
	let instance: ReturnType<typeof init> | null = null;
	let drawing: Drawing | null = null;

	const follow = () => {
		const shown = [...node.querySelectorAll<SVGSVGElement>(':scope > svg')].find((svg) => getComputedStyle(svg).display !== 'none');
		if (!shown) return;
		const { width, height } = shown.viewBox.baseVal;
		// The same size as the picture, scaled like it: waking up moves nothing.
		layer.style.width = `${width}px`;
		layer.style.height = `${height}px`;
		layer.style.transform = `scale(${shown.getBoundingClientRect().width / width})`;
		if (shown === shownSvg) return;
		shownSvg = shown;
		instance?.dispose();
		const drawn = draw(picture.spec, { theme: cssTheme, width, locale: picture.locale, currency: picture.currency });
		drawing = drawn;
		const cursor = drawn.marks?.some(canAct) ? 'pointer' : 'default';
		const series = [drawn.option.series ?? []].flat().map((each) => ({ ...each, cursor }));
		instance = init(layer, null, { renderer: 'svg', width, height });
		instance.setOption({ ...drawn.option, series });
		instance.on('click', ({ seriesIndex, dataIndex, event }) => {
			const mark = drawn.marks?.find((each) => each.index === dataIndex && (each.series ?? seriesIndex) === seriesIndex);
			const { clientX: x = 0, clientY: y = 0 } = (event?.event ?? {}) as Partial<MouseEvent>;
			if (mark) act(mark, { x, y });
		});
	};
	const act = (mark: Mark, at: { x: number; y: number }) => {
		if (mark.member || mark.day || mark.stage)
			void import('../later/menus.ts').then(({ openMarkMenu }) => openMarkMenu(mark, at, picture.locale));
		// eslint-disable-next-line svelte/no-navigation-without-resolve -- the address comes from the server, complete
		else if (mark.href) void goto(mark.href);
	};
	const choose = (from: string, to: string) => {
		const { pathname, search } = page.url;
		// eslint-disable-next-line svelte/no-navigation-without-resolve -- this page's own address
		void goto(withParameters({ pathname, search }, { period: null, from, to }), { reset: false });
	};
	const observer = new ResizeObserver(follow);
	observer.observe(node);
	follow();
	node.classList.add('awake');
	const endBrush = followBrush(layer, () => drawing?.brush, choose, picture.locale);
	const endKeys = followKeys(node, {
		marks: () => drawing?.marks ?? [],
		brush: () => drawing?.brush,
		show: (mark) =>
			instance?.dispatchAction(mark ? { type: 'showTip', seriesIndex: mark.series ?? 0, dataIndex: mark.index } : { type: 'hideTip' }),
		act,
		choose,
		locale: picture.locale
	});

	return () => {
		observer.disconnect();
		endBrush();
		endKeys();
		instance?.dispose();
		layer.remove();
		node.classList.remove('awake');
	};
}

function canAct(mark: Mark): boolean {
	return Boolean(mark.href ?? mark.member ?? mark.day ?? mark.stage);
}
