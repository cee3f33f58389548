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

test('of what is asked as often, that which was asked soonest after the last version comes first', async () => {
	const repeated = new Repeated();
	const questions = ['menu', 'page', 'detail'];
	for (const question of ['detail', 'page', 'menu']) repeated.asked(question, again(question));
	expect(await names(repeated)).toEqual([]);
	for (const question of questions) repeated.asked(question, again(question));
	expect(await names(repeated)).toEqual(questions);
	for (const question of ['page', 'menu', 'detail']) repeated.asked(question, again(question));
	expect(await names(repeated)).toEqual(['page', 'menu', 'detail']);
});

test('what every page needs is known however many other questions come once', async () => {
	const repeated = new Repeated();
	for (let version = 0; version < 2; version++) {
		repeated.asked('menu', again('menu'));
		for (let other = 0; other < 15_000; other++) repeated.asked(`${version} ${other}`, again('other'));
		expect(await names(repeated)).toEqual(version === 0 ? [] : ['menu']);
	}
});

test('few are known: what the served version was not asked makes room', async () => {
	const repeated = new Repeated(2);
	for (const question of ['a', 'a', 'b', 'b', 'c', 'c']) repeated.asked(question, again(question));
	expect(await names(repeated)).toEqual(['a', 'b']);
	for (const question of ['b', 'c', 'c']) repeated.asked(question, again(question));
	expect(await names(repeated)).toEqual(['c', 'b']);
});
