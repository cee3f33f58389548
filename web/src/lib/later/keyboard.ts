/** What the keys do. */
import { mount, unmount, type Component } from 'svelte';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { AppData } from '../app-data.ts';
import { sharedParameters, withParameters } from '../parameters.ts';
import KeyList from './KeyList.svelte';
import Palette from './Palette.svelte';
import { steppedPeriod } from './step.ts';

const PAGES: Record<string, string> = { gc: '/', gf: '/funnel', go: '/organisation', gh: '/channels', gl: '/leads' };

let open: { component: Component<Panel>; end: () => void } | null = null;

interface Panel {
	data: AppData;
	onclose: () => void;
}

function show(component: Component<Panel>, data: AppData): void {
	if (open?.component === component) {
		// The key that opened it closes it, as Escape does: the browser gives the focus back.
		const dialog = [...document.querySelectorAll('dialog')].findLast((each) => each.open);
		dialog?.close();
		if (dialog) return;
	}
	open?.end();
	const panel = mount(component, { target: document.body, props: { data, onclose: () => open?.end === end && end() } });
	const end = () => {
		open = null;
		void unmount(panel);
	};
	open = { component, end };
}

export function act(keys: string, data: AppData): void {
	const { pathname, search } = page.url;
	const path = PAGES[keys];
	// eslint-disable-next-line svelte/no-navigation-without-resolve -- pages of this site
	if (path) void goto(path + sharedParameters(search));
	else if (keys === 'palette' || keys === '/') show(Palette, data);
	else if (keys === '?') show(KeyList, data);
	else if (keys === '[' || keys === ']') {
		const range = steppedPeriod(data.period, keys === '[' ? -1 : 1, data.dates);
		const href = range && withParameters({ pathname, search }, { period: null, from: range[0], to: range[1], cursor: null });
		// eslint-disable-next-line svelte/no-navigation-without-resolve -- this page's own address
		if (href) void goto(href, { reset: false });
	}
}
