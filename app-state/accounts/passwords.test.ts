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
