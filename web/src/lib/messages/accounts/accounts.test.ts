import { expect, test } from 'vitest';
import { AUDIT_ACTIONS } from '../../../../../app-state/index.ts';
import { en } from './en.ts';
import { zh } from './zh-CN.ts';

test('each action of the audit log has a name in both languages', () => {
	for (const messages of [zh, en]) expect(Object.keys(messages.audit.actions)).toEqual([...AUDIT_ACTIONS]);
});
