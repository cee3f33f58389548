/** A new endpoint, or a new field of one, is not forgotten by the fuzz (pipeline/integration/fuzz): it says what it takes. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadRequest } from '../contracts/semantic.ts';
import { semanticEndpoints, webEndpoints } from './integration/fuzz/enumerate.ts';
import { SEMANTIC, WEB, WHOLE_QUERY } from './integration/fuzz/routes.ts';

const web = webEndpoints();
const semantic = semanticEndpoints();

test('each endpoint says what it takes', () => {
	expect(Object.keys(WEB).sort()).toEqual(web.map(({ route }) => route).sort());
	expect(Object.keys(SEMANTIC).sort()).toEqual(semantic.map(({ route }) => route).sort());
	for (const { route, methods, actions } of web) {
		const { form, json } = WEB[route] ?? {};
		expect({ route, takesBody: methods.some((method) => method !== 'GET') }).toEqual({ route, takesBody: (form ?? json) !== undefined });
		expect({ route, actions: actions.filter((name) => name !== 'default') }).toEqual({ route, actions: WEB[route]?.actions ?? [] });
	}
});

test('the whole query has every key of its schema', () => {
	const known = new Set<string>();
	const gather = (value: unknown): void => {
		if (Array.isArray(value)) value.forEach(gather);
		else if (value !== null && typeof value === 'object') {
			for (const [key, one] of Object.entries(value)) {
				if (key === 'properties') Object.keys(one as object).forEach((name) => known.add(name));
				gather(one);
			}
		}
	};
	gather(z.toJSONSchema(loadRequest, { io: 'input', unrepresentable: 'any' }));
	const text = JSON.stringify(WHOLE_QUERY);
	// Either range or comparison; the other is tried below as an unknown neighbour.
	for (const key of known) if (key !== 'dateRange') expect(text).toContain(`"${key}":`);
});
