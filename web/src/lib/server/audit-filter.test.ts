import { expect, test } from 'vitest';
import { auditFilter } from './audit-filter.ts';

test('days are whole, what is not understood is left out', () => {
	expect(auditFilter(new URLSearchParams('action=signout&about= ann &from=2026-11-01&until=2026-11-02&before=7'))).toEqual({
		action: 'signout',
		about: 'ann',
		from: '2026-11-01T00:00:00.000Z',
		until: '2026-11-03T00:00:00.000Z',
		before: 7
	});
	expect(auditFilter(new URLSearchParams('action=__proto__&from=2026-13-01&until=x&before=-1'))).toEqual({});
});
