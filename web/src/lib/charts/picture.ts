/** A chart on its way from the server to the page: its data, and the pictures drawn of it. */
import type { Locale } from '../format.ts';
import type { ChartSpec } from './spec.ts';

export interface PictureState {
	/** Unique on its page. */
	id: string;
	spec: ChartSpec;
	locale: Locale;
	currency: string;
	/** SVGs, one a drawn width, and the data as a table; null where the page's HTML already carries them. */
	markup: Markup | null;
}

export interface Markup {
	pictures: string;
	table: string;
}

export class Picture {
	readonly id: string;
	readonly spec: ChartSpec;
	readonly locale: Locale;
	readonly currency: string;
	readonly markup: Markup;
	/** False where the answer is a page, whose HTML shows the markup already: it is not sent a second time beside it. */
	readonly travels: boolean;

	constructor(state: PictureState & { markup: Markup }, travels = true) {
		this.id = state.id;
		this.spec = state.spec;
		this.locale = state.locale;
		this.currency = state.currency;
		this.markup = state.markup;
		this.travels = travels;
	}

	encode(): PictureState {
		const { id, spec, locale, currency, markup, travels } = this;
		return { id, spec, locale, currency, markup: travels ? markup : null };
	}

	/** In the browser, where the HTML is already parsed when the page's data is read. */
	static decode(state: PictureState): Picture {
		const { id } = state;
		return new Picture({ ...state, markup: state.markup ?? { pictures: shown(pictureElement(id)), table: shown(tableElement(id)) } });
	}
}

/** What an element shows, without the comments that hydration needs. */
function shown(id: string): string {
	return document.getElementById(id)?.innerHTML.replace(/<!--.*?-->/g, '') ?? '';
}

/** Id of the element that holds a picture. */
export function pictureElement(id: string): string {
	return `picture-${id}`;
}

/** Id of the element that holds a picture's data as a table. */
export function tableElement(id: string): string {
	return `picture-table-${id}`;
}
