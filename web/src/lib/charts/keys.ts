/** A chart by keyboard: arrows go from mark to mark and are read out, Enter acts, Shift with arrows chooses days. */
import { formatRange } from '../dates.ts';
import type { Locale } from '../format.ts';
import type { Drawing, Mark } from './drawing.ts';
import { daysOf } from './weeks.ts';

export interface Keyed {
	marks: () => readonly Mark[];
	brush: () => Drawing['brush'];
	/** Shows a mark's tooltip, or none. */
	show: (mark: Mark | null) => void;
	act: (mark: Mark, at: { x: number; y: number }) => void;
	choose: (from: string, to: string) => void;
	locale: Locale;
}

/** The mark that a key leads to from `at` (−1: none yet); null: the key is not for the chart. */
export function nextMark(key: string, at: number, count: number): number | null {
	switch (key) {
		case 'ArrowRight':
		case 'ArrowDown':
			return Math.min(count - 1, at + 1);
		case 'ArrowLeft':
		case 'ArrowUp':
			return Math.max(0, at - 1);
		case 'Home':
			return 0;
		case 'End':
			return count - 1;
		default:
			return null;
	}
}

export function followKeys(node: HTMLElement, { marks, brush, show, act, choose, locale }: Keyed): () => void {
	let at = -1;
	let anchor: number | null = null;
	const said = document.createElement('p');
	said.className = 'visually-hidden';
	said.setAttribute('role', 'status');
	node.after(said);

	const press = (event: KeyboardEvent) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const all = marks();
		const next = nextMark(event.key, at, all.length);
		if (next !== null && all.length > 0) {
			event.preventDefault();
			const days = brush();
			anchor = event.shiftKey && days ? (anchor ?? Math.max(0, at)) : null;
			at = next;
			const mark = all[at];
			if (!mark) return;
			show(mark);
			const [a, b] = anchor === null ? [at, at] : [Math.min(anchor, at), Math.max(anchor, at)];
			said.textContent = anchor === null || !days ? mark.text : formatRange(...daysOf(days, a, b), locale);
		} else if (event.key === 'Enter' || event.key === ' ') {
			const mark = all[at];
			if (!mark) return;
			event.preventDefault();
			const days = brush();
			if (anchor !== null && anchor !== at && days) return choose(...daysOf(days, Math.min(anchor, at), Math.max(anchor, at)));
			const { left, top, width } = node.getBoundingClientRect();
			act(mark, { x: left + width / 2, y: top + 40 });
		} else if (event.key === 'Escape' && at >= 0) {
			at = -1;
			anchor = null;
			show(null);
		}
	};
	const leave = () => show(null);
	node.addEventListener('keydown', press);
	node.addEventListener('blur', leave);
	return () => {
		node.removeEventListener('keydown', press);
		node.removeEventListener('blur', leave);
		said.remove();
	};
}
