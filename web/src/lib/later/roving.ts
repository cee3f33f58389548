/** Arrow keys among the items of a menu or a list: one of them is in the tab order, Home and End lead to the outer ones, letters to names. */
import type { Attachment } from 'svelte/attachments';

export function roving(selector: string): Attachment<HTMLElement> {
	return (node) => {
		const items = () => [...node.querySelectorAll<HTMLElement>(selector)];
		const press = (event: KeyboardEvent) => {
			const all = items();
			if (all.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
			const at = all.indexOf(document.activeElement as HTMLElement);
			const to = target(event.key, at, all);
			if (to === null) return;
			event.preventDefault();
			all[to]?.focus();
		};
		node.addEventListener('keydown', press);
		return () => node.removeEventListener('keydown', press);
	};
}

function target(key: string, at: number, all: readonly HTMLElement[]): number | null {
	const count = all.length;
	if (key === 'ArrowDown') return (at + 1) % count;
	if (key === 'ArrowUp') return (at - 1 + count) % count;
	if (key === 'Home') return 0;
	if (key === 'End') return count - 1;
	if (key.length !== 1 || key === ' ') return null;
	for (let step = 1; step <= count; step++) {
		const index = (at + step) % count;
		if (all[index]?.textContent?.trim().toLowerCase().startsWith(key.toLowerCase())) return index;
	}
	return null;
}
