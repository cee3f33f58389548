import { expect, test } from 'vitest';
import { messages } from './all.ts';

const { en, 'zh-CN': zh } = messages;

function paths(value: object, prefix = ''): string[] {
	return Object.entries(value).flatMap(([key, child]) => (typeof child === 'object' ? paths(child, `${prefix}${key}.`) : [prefix + key]));
}

function leaves(value: object): string[] {
	return Object.values(value).flatMap((child) => (typeof child === 'object' ? leaves(child) : typeof child === 'string' ? [child] : []));
}

test('both languages have the same keys, only the name of a list that does not exist is empty', () => {
	expect(paths(en)).toEqual(paths(zh));
	for (const words of [zh, en]) expect(leaves(words).filter((text) => text === '')).toHaveLength(1);
});

test('English has no Chinese in it but the name of the language', () => {
	expect(leaves(en).filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual(['中文']);
});
