import { expect, test } from 'vitest';
import { AUDIT_ACTIONS } from '../../../../../app-state/index.ts';
import { en } from './en.ts';
import { zh } from './zh-CN.ts';

test('columns of the audit log and fields of its filter are named apart', () => {
	for (const { audit } of [zh, en]) {
		const { at, actor, action, target, address, detail, about, from, until } = audit;
		const titles = [at, actor, action, target, address, detail, about, from, until];
		expect(new Set(titles).size).toBe(titles.length);
	}
});

test('each action of the audit log has a name in both languages', () => {
	for (const messages of [zh, en]) expect(Object.keys(messages.audit.actions)).toEqual([...AUDIT_ACTIONS]);
});
