/** Colour numbers of members, the same on every page. */

export const COLOURS = 8;
/** Members that are no choice of anybody, or nothing at all, are grey wherever they appear. */
const GREY = new Set(['(blank)', '(none)', '', 'other', 'walk_in']);

/**
 * Number (1 to 8) of a member's categorical colour; 0 is grey.
 * `members` is the dimension's whole list in its stable order (as the reference sorts them, not as a page does): the first eight differ for sure.
 * A member that is not in the list takes the colour of its id's hash, so that it is at least the same everywhere.
 */
export function memberColour(dimension: string, id: string | null, members: readonly string[] = []): number {
	if (id === null || GREY.has(id)) return 0;
	const position = members.filter((member) => !GREY.has(member)).indexOf(id);
	return ((position >= 0 ? position : hash(`${dimension}:${id}`)) % COLOURS) + 1;
}

function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	return value >>> 0;
}
