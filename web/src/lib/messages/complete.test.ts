/** Both languages say everything: every module of words, and no words outside them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { laterWords } from '../later/words.ts';
import { bannerMessages } from './banners.ts';
import { channelMessages } from './channels/all.ts';
import { chartMessages } from './chart.ts';
import { leadMessages } from './leads.ts';
import { organisationMessages } from './organisation/all.ts';
import { messages } from './all.ts';

const MODULES: Record<string, { 'zh-CN': object; en: object }> = {
	pages: messages,
	charts: chartMessages,
	channels: channelMessages,
	organisation: organisationMessages,
	leads: leadMessages,
	banners: bannerMessages,
	panels: laterWords
};
/** Said in the other language on purpose: the button that leads to it. */
const OTHER_LANGUAGE = new Set(['actions.language', 'palette.language']);
const CHINESE = /[\u4e00-\u9fff]/;
/** Names, codes and units that are the same in both languages. */
const NEUTRAL = /^[\d\s.,:%·–…—/()[\]{}a-zA-Z-]*$/;

type Leaf = [path: string, value: unknown];

function leaves(value: object, prefix = ''): Leaf[] {
	return Object.entries(value).flatMap(([key, child]): Leaf[] =>
		typeof child === 'object' && child !== null ? leaves(child as object, `${prefix}${key}.`) : [[prefix + key, child]]
	);
}

/** What a word says; functions are called with names that are recognised. */
function said(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value !== 'function') return '';
	try {
		return String((value as (...given: unknown[]) => unknown)('7', '7', '7', '7', '7'));
	} catch {
		// Words composed of facts have tests of their own.
		return '';
	}
}

describe.each(Object.entries(MODULES))('%s', (_, words) => {
	test('both languages have the same keys of the same kind', () => {
		const shape = (of: object) => leaves(of).map(([path, value]) => `${path} ${typeof value}`);
		expect(shape(words.en).sort()).toEqual(shape(words['zh-CN']).sort());
	});

	test('English holds no Chinese', () => {
		const left = leaves(words.en).filter(([path, value]) => !OTHER_LANGUAGE.has(path) && CHINESE.test(said(value)));
		expect(left.map(([path]) => path)).toEqual([]);
	});

	test('Chinese holds no sentence that stayed English', () => {
		const left = leaves(words['zh-CN']).filter(([path, value]) => {
			const text = said(value);
			return !OTHER_LANGUAGE.has(path) && !CHINESE.test(text) && /[a-z]{3,} [a-z]{2,}/i.test(text) && NEUTRAL.test(text);
		});
		expect(left.map(([path]) => path)).toEqual([]);
	});
});

/** Sources of pages and components. */
function sources(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(svelte|ts)$/.test(name) && !/\.test\.ts$|(^|\/)(messages|dev)\//.test(name))
		.map((name) => join(folder, name));
}

test('no page or component has words of its own', () => {
	const src = resolve(import.meta.dirname, '..', '..');
	const offenders = sources(src).flatMap((file) => {
		const text = readFileSync(file, 'utf8')
			// Comments, and the names of places and units, which are no words of the interface.
			.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<![:'"])\/\/[^\n]*/g, '')
			.replace(/<style[\s\S]*?<\/style>/g, '');
		return CHINESE.test(text) ? [file.slice(src.length + 1)] : [];
	});
	expect(offenders.sort()).toEqual(['lib/charts/options/china.ts', 'lib/dates.ts', 'lib/format.ts', 'lib/later/words.ts']);
});

test('markup holds no English text either', () => {
	const src = resolve(import.meta.dirname, '..', '..');
	const offenders = sources(src)
		.filter((file) => file.endsWith('.svelte'))
		.flatMap((file) => {
			const markup = readFileSync(file, 'utf8')
				.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '')
				.replace(/\{[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}/g, '');
			const texts = [...markup.matchAll(/>([^<>]*)</g)].map(([, text = '']) => text.trim());
			return texts.filter((text) => /[A-Za-z]{3,}\s+[A-Za-z]{2,}/.test(text)).map((text) => `${file.slice(src.length + 1)}: ${text}`);
		});
	expect(offenders).toEqual([]);
});
