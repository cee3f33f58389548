/** A click anywhere on a row follows the link in its first cell: the link stays real, for keyboards and new tabs. */
import type { Attachment } from 'svelte/attachments';

export const followRows: Attachment<HTMLTableElement> = (table) => {
	const follow = (event: MouseEvent) => {
		const target = event.target as Element;
		if (event.defaultPrevented || target.closest('a, button') || getSelection()?.toString()) return;
		target.closest('tbody tr')?.querySelector<HTMLAnchorElement>('th a')?.click();
	};
	table.addEventListener('click', follow);
	return () => table.removeEventListener('click', follow);
};
