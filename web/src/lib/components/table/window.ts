/** Which rows of a long table are in the document: those in sight and some around them. */
import type { Attachment } from 'svelte/attachments';

/** Longer tables keep only a part of their rows in the document. */
export const WINDOWED = 200;
/** Pixels of a row; `Table.svelte` gives every row this height. */
export const ROW_HEIGHT = 34;
const AROUND = 20;
/** Rows that fit the box at its highest. */
const SHOWN = 24;

/** Rows `from` (included) to `to` (excluded). Before the browser has taken over it is the first two hundred. */
export function windowOf(count: number, scrolled: number, alive: boolean): { from: number; to: number } {
	if (!alive) return { from: 0, to: Math.min(count, WINDOWED) };
	const first = Math.floor(scrolled / ROW_HEIGHT);
	// In steps, so that a small movement draws nothing.
	const from = Math.max(0, Math.floor((first - AROUND) / 10) * 10);
	return { from: Math.min(from, Math.max(0, count - 1)), to: Math.min(count, from + SHOWN + 3 * AROUND) };
}

/** Reports how far the box is scrolled, at most once a frame, and once at the start. */
export function followScroll(report: (top: number) => void): Attachment<HTMLElement> {
	return (node) => {
		let asked = 0;
		const look = () => {
			asked = 0;
			report(node.scrollTop);
		};
		const scroll = () => {
			asked ||= requestAnimationFrame(look);
		};
		node.addEventListener('scroll', scroll, { passive: true });
		look();
		return () => {
			cancelAnimationFrame(asked);
			node.removeEventListener('scroll', scroll);
		};
	};
}
