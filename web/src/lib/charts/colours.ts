/** Colour numbers of members, the same on every page. */

export const COLOURS = 8;
/** Members that are no choice of anybody, or nothing at all, are grey wherever they appear. */
const GREY = new Set(['(blank)', '(none)', '', 'other', 'walk_in']);

/**
 * Number (1 to 8) of a member's categorical colour; 0 is grey.
 * `members` is the dimension's whole list in its stable order (not as a page sorts it): its first eight have a colour, the rest is grey, so that no two look alike.
 * Without a list a member takes the colour of its id's hash, so that it is at least the same everywhere.
 */
export function memberColour(dimension: string, id: string | null, members?: readonly string[]): number {
	if (id === null || GREY.has(id)) return 0;
	if (!members) return (hash(`${dimension}:${id}`) % COLOURS) + 1;
	const position = members.filter((member) => !GREY.has(member)).indexOf(id);
	return position >= 0 && position < COLOURS ? position + 1 : 0;
}

function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	return value >>> 0;
}
