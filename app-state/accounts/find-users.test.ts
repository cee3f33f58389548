import { expect, test } from 'vitest';
import { addUser, findUsers } from './index.ts';
import { admin, state } from './testing.ts';

const add = (name: string, display_name: string, role: 'analyst' | 'marketing' = 'analyst') =>
	addUser(state, admin, { name, display_name, role, scopes: [] });

test('accounts come in pages, by name, and a page past the end is the last one', async () => {
	for (let index = 1; index <= 11; index++) await add(`user${String(index).padStart(2, '0')}`, '');
	const names = async (page: number) => {
		const found = await findUsers(state, { page, size: 5 });
		return [found.page, found.all, ...found.users.map(({ name }) => name)];
	};
	expect(await names(1)).toEqual([1, 12, 'ann', 'user01', 'user02', 'user03', 'user04']);
	expect(await names(3)).toEqual([3, 12, 'user10', 'user11']);
	expect(await names(99)).toEqual(await names(3));
	expect(await findUsers(state, { about: 'nobody', page: 7, size: 5 })).toEqual({ users: [], page: 1, all: 0 });
});

test('words are looked for in both names, whatever their case; a role narrows', async () => {
	await add('wang.lei', '王磊');
	await add('wang.min', 'Min of Finance', 'marketing');
	await add('percent', '100%');
	const found = async (about: string, role?: 'marketing') =>
		(await findUsers(state, { about, role, page: 1, size: 50 })).users.map(({ name }) => name);
	expect(await found('WANG')).toEqual(['wang.lei', 'wang.min']);
	expect(await found('王')).toEqual(['wang.lei']);
	expect(await found(' finance  wang ')).toEqual(['wang.min']);
	expect(await found('%')).toEqual(['percent']);
	expect(await found('_')).toEqual([]);
	expect(await found('', 'marketing')).toEqual(['wang.min']);
	expect(await found('lei', 'marketing')).toEqual([]);
});
