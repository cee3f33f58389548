/** Opens the menu of a mark or a cell; one at a time. */
import { mount, unmount } from 'svelte';
import { page } from '$app/state';
import type { Mark } from '../charts/drawing.ts';
import type { Locale } from '../format.ts';
import type { Messages } from '../messages/index.ts';
import { actionsOf } from './mark-actions.ts';
import Menu from './Menu.svelte';

let close: (() => void) | null = null;

export function openMarkMenu(
	target: Pick<Mark, 'member' | 'day' | 'until' | 'stage' | 'href'>,
	at: { x: number; y: number },
	locale: Locale
): void {
	close?.();
	const before = document.activeElement as HTMLElement | null;
	const { pathname, search } = page.url;
	const { t } = page.data as { t: Messages };
	const names = t.filters as unknown as Record<string, string>;
	const of = actionsOf(target, { pathname, search }, locale, (split) => names[split] ?? split);
	const onclose = () => {
		if (close !== end) return;
		end();
		if (document.activeElement === document.body || document.activeElement === null) before?.focus({ preventScroll: true });
	};
	const menu = mount(Menu, { target: document.body, props: { of, at, locale, onclose } });
	const end = () => {
		close = null;
		void unmount(menu);
	};
	close = end;
}
