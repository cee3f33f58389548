import { expect, test } from 'vitest';
import { isCommon, packed } from './common-passwords.ts';
import list from './common-passwords.json' with { type: 'json' };
import { passwordFault } from './passwords.ts';

test.each([
	['twelve letters, all small', 'blue mondays'],
	['digits alone', '402918375560'],
	['characters of any script', '蓝色的星期一在下雨天里唱歌'],
	['64 characters', 'abcdefgh'.repeat(8)],
	['200 characters', 'abcdefghij'.repeat(20)]
])('%s are a password: length counts, kinds of characters do not', (_what, password) => {
	expect(passwordFault(password, ['ann', 'onelane'])).toBeNull();
});

test.each([
	['short', 'elevenchars', []],
	['long', 'abcdefghij'.repeat(20) + 'k', []],
	['plain', 'abababababab', []],
	['name', 'Annabel and the rest', ['annabel', 'onelane']],
	['name', 'my oneLane password', ['annabel', 'onelane']],
	['common', 'PasswordPassword', ['annabel', 'onelane']],
	['common', '1234567890qwerty', []]
] as const)('what is %s is none', (fault, password, names) => {
	expect(passwordFault(password, names)).toBe(fault);
});

test.each([
	...[
		'woaini1314520',
		'5201314woaini',
		'WoAiNi5201314',
		'woaini@1314520',
		'woaini520woaini',
		'wodemima123456',
		'mima.888888.mima',
		'5201314520520'
	],
	...[
		'a123456789012',
		'a1234567890',
		'aa5201314520',
		'qq1234567890',
		'qq5201314520',
		'wxl199001011314',
		'zhongguo88888',
		'laopowoaini1314'
	],
	...[
		'iloveyou5201314',
		'qwerty5201314',
		'admin!@5201314',
		'1qaz2wsx3edc',
		'ｗｏａｉｎｉ１３１４５２０',
		'yishengyishi1314!',
		'147258369123'
	]
])('%s is made of favourites', (password) => {
	expect(passwordFault(password.padEnd(12, '!'), ['ann', 'onelane'])).toBe('common');
});

test.each([
	'woaini mingtian qu pashan',
	'mima zai hong hezi li',
	'ceshi ping guo 7',
	'love is a long walk',
	'abc wagen 1987',
	'7 tian 3 ge xiwang'
])('%s has more in it than favourites', (password) => {
	expect(passwordFault(password, ['ann', 'onelane'])).toBeNull();
});

test('no password takes long to look at', () => {
	const began = performance.now();
	for (const piece of ['1', 'a', 'woaini', '12', 'love1', 'a.']) isCommon(`${piece.repeat(200).slice(0, 199)}\u0000`);
	expect(performance.now() - began).toBeLessThan(500);
});

test('the list of common passwords has more than 3,000 that the other rules would take', () => {
	// Five bytes for each.
	expect(Buffer.from(list.hashes, 'base64').length / 5).toBeGreaterThan(40_000);
	for (const password of ['123456789012', 'qwertyuiop123', 'iloveyou1234', 'Welcome12345', 'administrator'])
		expect(isCommon(password), password).toBe(true);
	for (const password of ['blue mondays', '蓝色的星期一在下雨天里唱歌']) expect(isCommon(password), password).toBe(false);
	const bytes = Buffer.from(packed(['administrator', 'ADMINISTRATOR']), 'base64');
	expect(bytes).toHaveLength(5);
	expect(Buffer.from(list.hashes, 'base64').includes(bytes)).toBe(true);
});
