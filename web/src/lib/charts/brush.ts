/** Dragging over days chooses them as the period. */
import { formatRange } from '../dates.ts';
import type { Locale } from '../format.ts';
import type { Drawing } from './drawing.ts';
import { daysOf } from './weeks.ts';

type Brush = NonNullable<Drawing['brush']>;

/** Shorter drags are clicks. */
const LEAST_PIXELS = 6;

/** Index of the day at a pixel of the drawing, inside the days. */
export function dayAt({ dates, left, right }: Brush, x: number, width: number): number {
	const share = (x - left) / Math.max(1, width - left - right);
	return Math.min(dates.length - 1, Math.max(0, Math.floor(share * dates.length)));
}

export function followBrush(
	layer: HTMLElement,
	brush: () => Brush | undefined,
	choose: (from: string, to: string) => void,
	locale: Locale
): () => void {
	let from: number | null = null;
	const shade = document.createElement('div');
	shade.className = 'brush';
	const place = (event: PointerEvent) => {
		const { left, width } = layer.getBoundingClientRect();
		return ((event.clientX - left) / width) * layer.offsetWidth;
	};
	const range = (to: number) => {
		const known = brush();
		if (from === null || !known) return null;
		const [a, b] = [dayAt(known, Math.min(from, to), layer.offsetWidth), dayAt(known, Math.max(from, to), layer.offsetWidth)];
		return { known, a, b };
	};
	const down = (event: PointerEvent) => {
		if (event.button !== 0 || event.pointerType === 'touch' || !brush()) return;
		from = place(event);
	};
	const move = (event: PointerEvent) => {
		if (from === null) return;
		const to = place(event);
		const chosen = range(to);
		if (!chosen || Math.abs(to - from) < LEAST_PIXELS) return;
		const { known, a, b } = chosen;
		const step = (layer.offsetWidth - known.left - known.right) / known.dates.length;
		if (!shade.isConnected) layer.append(shade);
		shade.style.left = `${known.left + a * step}px`;
		shade.style.width = `${(b - a + 1) * step}px`;
		shade.textContent = formatRange(...daysOf(known, a, b), locale);
		event.preventDefault();
	};
	const up = (event: PointerEvent) => {
		const to = place(event);
		const chosen = range(to);
		const dragged = from !== null && Math.abs(to - from) >= LEAST_PIXELS;
		from = null;
		shade.remove();
		if (!dragged || !chosen) return;
		choose(...daysOf(chosen.known, chosen.a, chosen.b));
	};
	const cancel = () => {
		from = null;
		shade.remove();
	};
	layer.addEventListener('pointerdown', down);
	window.addEventListener('pointermove', move);
	window.addEventListener('pointerup', up);
	window.addEventListener('pointercancel', cancel);
	return () => {
		layer.removeEventListener('pointerdown', down);
		window.removeEventListener('pointermove', move);
		window.removeEventListener('pointerup', up);
		window.removeEventListener('pointercancel', cancel);
		shade.remove();
	};
}
