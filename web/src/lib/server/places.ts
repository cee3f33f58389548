/** Finds places among thousands, in memory: the list of a version is kept, so that each letter costs no query. */
import type { Place, PlaceKind, Places } from '#lib/places.ts';
import type { Option, Options } from './context.ts';

const SHOWN = 60;

export interface PlaceQuery {
	text: string;
	region: string | null;
	area: string | null;
}

/** With words: all kinds whose name or id has each of them, best first. Without: the regions, or what lies inside the region or area. */
export function searchPlaces(
	{ region: regions, area: areas, store: stores }: Pick<Options, 'region' | 'area' | 'store'>,
	query: PlaceQuery
): Places {
	const regionOf = new Map(regions.map((option) => [option.id, option]));
	const areaOf = new Map(areas.map((option) => [option.id, option]));
	const names = (...options: (Option | undefined)[]) => options.flatMap((option) => (option ? [{ zh: option.zh, en: option.en }] : []));
	const place = (kind: PlaceKind, { id, zh, en, parent, area }: Option): Place => ({
		kind,
		id,
		zh,
		en,
		path: kind === 'region' ? [] : names(regionOf.get(parent ?? ''), kind === 'store' ? areaOf.get(area ?? '') : undefined),
		opens: kind === 'region' ? areas.some((one) => one.parent === id) || stores.some((one) => one.parent === id) : kind === 'area'
	});
	const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
	let found: [PlaceKind, Option][];
	if (words.length > 0) {
		const all: [PlaceKind, Option][] = [
			...regions.map((one): [PlaceKind, Option] => ['region', one]),
			...areas.map((one): [PlaceKind, Option] => ['area', one]),
			...stores.map((one): [PlaceKind, Option] => ['store', one])
		];
		const rank = ({ id, zh, en }: Option) => {
			const text = `${zh}\n${en}\n${id}`.toLowerCase();
			if (!words.every((word) => text.includes(word))) return null;
			return [zh, en, id].some((name) => name.toLowerCase().startsWith(words[0] ?? '')) ? 0 : 1;
		};
		found = all
			.flatMap(([kind, option]) => {
				const place = rank(option);
				return place === null ? [] : [{ kind, option, place }];
			})
			.sort((a, b) => a.place - b.place)
			.map(({ kind, option }) => [kind, option]);
	} else if (query.area) found = stores.filter((one) => one.area === query.area).map((one) => ['store', one]);
	else if (query.region) {
		const inside = areas.filter((one) => one.parent === query.region);
		found =
			inside.length > 0
				? inside.map((one) => ['area', one])
				: stores.filter((one) => one.parent === query.region).map((one) => ['store', one]);
	} else found = regions.length > 0 ? regions.map((one) => ['region', one]) : stores.map((one) => ['store', one]);
	return { places: found.slice(0, SHOWN).map(([kind, option]) => place(kind, option)), more: Math.max(0, found.length - SHOWN) };
}
