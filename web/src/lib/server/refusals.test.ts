import { expect, test } from 'vitest';
import { AccountError, StateError } from '../../../../app-state/index.ts';
import { en } from '#lib/messages/accounts/en.ts';
import { zh } from '#lib/messages/accounts/zh-CN.ts';
import { orRefuse, type Refusal } from './refusals.ts';

const refused = async (caught: Error) => {
	const { data } = (await orRefuse(
		() => Promise.reject(caught),
		() => ({ name: 'ann' })
	)) as { data: Refusal };
	return data;
};

test.each(['taken', 'unnamed', 'role', 'scope', 'last', 'tokens', 'short', 'common'] as const)(
	'%s reaches the page as a name, which both languages have words for, and not as the sentence of the command line',
	async (fault) => {
		const refusal = await refused(new AccountError(fault, 'A sentence in English.'));
		expect(refusal).toEqual({ wrong: fault, name: 'ann' });
		expect(zh.faults[fault]).toMatch(/\p{Script=Han}/u);
		expect(en.faults[fault]).not.toMatch(/\p{Script=Han}/u);
	}
);

test('an account file that is out of reach is no refusal', async () => {
	await expect(refused(new StateError('The file is damaged.'))).rejects.toThrow('damaged');
});
