import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test('only paths of this site are gone back to', () => {
	expect(localPath('/funnel?by=region')).toBe('/funnel?by=region');
	for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\\b', '/\u0009/evil.example', '', null, undefined]) {
		expect(localPath(bad)).toBe('/');
	}
});
