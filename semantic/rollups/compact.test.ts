import { expect, test } from 'vitest';
import { narrowType } from './compact.ts';

test.each([
	['HUGEINT', 'BIGINT'],
	['DECIMAL(38,2)', 'DECIMAL(18,2)'],
	['DECIMAL(38,6)', 'DECIMAL(18,6)'],
	['DECIMAL(18,2)', 'DECIMAL(18,2)'],
	['BIGINT', 'BIGINT'],
	['VARCHAR', 'VARCHAR']
])('%s is kept as %s', (type, narrow) => {
	expect(narrowType(type)).toBe(narrow);
});
