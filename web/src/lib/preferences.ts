/** What a reader may choose for themselves; kept in cookies. */
import type { Locale } from './format.ts';

export type { Locale };
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
