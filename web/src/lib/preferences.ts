/** What a reader may choose for themselves, and what their browser tells; kept in cookies. */
import type { Locale } from './format.ts';

export type { Locale };

/** A cookie's own name: behind TLS the prefix makes browsers refuse it from other hosts, other paths, and without TLS. */
export function cookieName(name: string, { protocol }: { protocol: string }): string {
	return protocol === 'https:' ? `__Host-${name}` : name;
}

export const LOCALES = ['zh-CN', 'en'] as const satisfies Locale[];

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const LOCALE_COOKIE = 'lang';
export const THEME_COOKIE = 'theme';

export function readLocale(value: string | undefined): Locale {
	return value === 'en' ? 'en' : 'zh-CN';
}

export function readTheme(value: string | undefined): Theme {
	return value === 'light' || value === 'dark' ? value : 'auto';
}

/** Colour of good news: green as in most of the world, or red as on Chinese exchanges. */
export const UPS = ['green', 'red'] as const;
export type Up = (typeof UPS)[number];
export const UP_COOKIE = 'up';

export function readUp(value: string | undefined): Up {
	return value === 'red' ? 'red' : 'green';
}

/** The rail at the left: with names, or icons alone. */
export const RAILS = ['open', 'folded'] as const;
export type Rail = (typeof RAILS)[number];
export const RAIL_COOKIE = 'rail';

export function readRail(value: string | undefined): Rail {
	return value === 'folded' ? 'folded' : 'open';
}

/** Width of the window in CSS pixels: written by the browser itself, so that the server draws charts for it. */
export const WINDOW_COOKIE = 'window';

/** Null where nobody has said it, or nothing that a window could be. */
export function readWindow(value: string | undefined): number | null {
	const width = /^\d{3,5}$/.test(value ?? '') ? Number(value) : 0;
	return width >= 200 && width <= 16_384 ? width : null;
}
