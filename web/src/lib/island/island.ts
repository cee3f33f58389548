/** Bodies of pages that the server writes and the browser leaves alone until somebody turns to them: no code of theirs is loaded before. */
import { flushSync, hydrate, unmount, untrack, type Component } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/** A body, and the words that it has beyond the frame's. */
export interface Part {
	Body: Component<{ data: object; form: unknown }>;
	words: object;
}

export interface Island {
	/** Null while the page is as the server wrote it. */
	part: Part | null;
	wake: () => Promise<Part>;
}

let alive = false;

/** From now on a page is drawn here, not by the server; `<html data-alive>` says so. */
export function comeAlive(): void {
	alive = true;
	document.documentElement.dataset['alive'] = '';
}

/** For a page's `load`. `wake`: fetches the component and its words. */
export async function island(wake: () => Promise<{ Body: unknown; words: object }>): Promise<Island> {
	const fetched = wake as () => Promise<Part>;
	return { part: import.meta.env.SSR || import.meta.env.DEV || alive ? await fetched() : null, wake: fetched };
}

/** Controls that the browser serves without script. */
const NATIVE = 'a[href], summary, label, input, select, textarea';

/**
 * Brings what the server wrote alive at the first touch, and then repeats the click, key or choice that came too early.
 * @param start fetches the code and hydrates; answers the end of it
 */
export function awakens(start: (written: HTMLElement) => Promise<() => void>): Attachment<HTMLElement> {
	return (node) => {
		let waking: Promise<void> | null = null;
		let end: (() => void) | null = null;
		let gone = false;
		const listening = new AbortController();
		let pointer: PointerEvent | null = null;
		const begin = () =>
			(waking ??= start(node.firstElementChild as HTMLElement).then((ended) => {
				listening.abort();
				if (gone) ended();
				else end = ended;
				// What waits for a focus has it already.
				const focused = document.activeElement;
				if (focused && node.contains(focused)) focused.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
				// What waits for the pointer has it too, though it may rest now.
				pointer?.target?.dispatchEvent(new PointerEvent('pointermove', pointer));
			}));
		const hold = (event: Event, again: () => Event) => {
			const target = event.target as HTMLElement;
			event.preventDefault();
			event.stopPropagation();
			void begin().then(() => target.dispatchEvent(again()));
		};
		const on = <K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void) =>
			node.addEventListener(type, listener, { capture: true, signal: listening.signal });
		const isNative = ({ target }: Event) => (target as Element).closest(NATIVE) !== null;
		// A pointer that only rests where the page appears has not turned to anything.
		on('pointermove', (event) => {
			pointer = event;
			void begin();
		});
		on('pointerdown', begin);
		on('focusin', begin);
		// Somebody was here before the script was. What `start` reads changes with each navigation, which must not end what it began.
		if (node.contains(document.activeElement)) void untrack(begin);
		on('click', (event) => {
			if (event.isTrusted && !isNative(event)) hold(event, () => new MouseEvent('click', event));
		});
		on('keydown', (event) => {
			const isPlain = /^(Arrow\w+|Home|End|Enter|Escape)$/.test(event.key) && !(event.target as Element).closest('button');
			if (isPlain && !isNative(event)) hold(event, () => new KeyboardEvent('keydown', event));
		});
		on('change', (event) => {
			const field = event.target as HTMLInputElement;
			const { value, checked } = field;
			hold(event, () => {
				Object.assign(field, { value, checked });
				return new Event('change', { bubbles: true });
			});
		});
		return () => {
			gone = true;
			listening.abort();
			end?.();
		};
	};
}

/** Hydrates what the server wrote; what somebody typed meanwhile stays. */
export function bringAlive({ Body }: Part, target: HTMLElement, props: { data: object; form: unknown }): () => void {
	const typed = [...target.querySelectorAll<HTMLInputElement>('input, textarea')]
		.filter((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked)
		.map((field) => ({ field, value: field.value, checked: field.checked }));
	const instance = hydrate(Body, { target, props });
	// Whatever listens does so before what came too early is repeated.
	flushSync();
	for (const { field, ...was } of typed) Object.assign(field, was);
	return () => void unmount(instance);
}
