import { expect, test } from 'vitest';
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
	['name', 'my oneLane password', ['annabel', 'onelane']]
] as const)('what is %s is none', (fault, password, names) => {
	expect(passwordFault(password, names)).toBe(fault);
});
