/** Wakes a picture: the drawing library is fetched when somebody first points at it or moves into it by keyboard, never before. */
import type { Attachment } from 'svelte/attachments';
import type { Picture } from './picture.ts';

/** For the element that holds the picture's markup; owns the living chart from its first drawing to its end. */
export function wake(picture: Picture): Attachment<HTMLElement> {
	return (node) => {
		let ended = false;
		let end = () => {
			ended = true;
		};
		const start = async () => {
			stopListening();
			const { enliven } = await import('./live.ts');
			if (!ended) end = enliven(node, picture);
		};
		const holder = node.closest('figure') ?? node;
		const stopListening = () => {
			node.removeEventListener('pointermove', start);
			holder.removeEventListener('focusin', start);
		};
		node.addEventListener('pointermove', start);
		holder.addEventListener('focusin', start);
		return () => {
			stopListening();
			end();
		};
	};
}
