/** A place that can be chosen, and where it lies. */
export const PLACE_KINDS = ['region', 'area', 'store'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export interface Place {
	kind: PlaceKind;
	id: string;
	zh: string;
	en: string;
	/** What it belongs to, the largest first. */
	path: { zh: string; en: string }[];
	/** Whether it has places inside. */
	opens: boolean;
}

export interface Places {
	places: Place[];
	/** How many more there are. */
	more: number;
}
