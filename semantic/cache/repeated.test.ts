import { expect, test } from 'vitest';
import { Repeated } from './repeated.ts';

const again = (name: string) => () => Promise.resolve(name);
const names = async (repeated: Repeated) => Promise.all(repeated.take().map((one) => one({} as never)));

test('what was asked more than once comes back, most often asked first', async () => {
	const repeated = new Repeated();
	for (const question of ['once', 'twice', 'often', 'often', 'twice', 'often']) repeated.asked(question, again(question));
	expect(await names(repeated)).toEqual(['often', 'twice']);
});

test('what is asked once in each version is known from the second on', async () => {
	const repeated = new Repeated();
	repeated.asked('a', again('a'));
	expect(await names(repeated)).toEqual([]);
	repeated.asked('a', again('a'));
	expect(await names(repeated)).toEqual(['a']);
});

test('what nobody asks any more is forgotten', async () => {
	const repeated = new Repeated();
	for (let time = 0; time < 4; time++) repeated.asked('a', again('a'));
	// 4, 2, 1 and 0.5 times.
	for (let version = 0; version < 4; version++) expect(await names(repeated)).toEqual(['a']);
	expect(await names(repeated)).toEqual([]);
});

test('few are known: the longest unasked goes first', async () => {
	const repeated = new Repeated(2);
	for (const question of ['a', 'a', 'b', 'b', 'c', 'c', 'a']) repeated.asked(question, again(question));
	expect(await names(repeated)).toEqual(['c']);
});
