import { describe, expect, test } from 'vitest';
import { VIEWS } from '../contracts/semantic.ts';
import { checkFile, ModelError, readModel, withoutRollups } from './model.ts';

const files = readModel();
const of = (folder: string) => files.filter(({ fileName }) => fileName.startsWith(folder));

describe('what Cube would answer wrongly is refused', () => {
	test.each([
		['a template', 'sql: "{{ x }}"'],
		['flow braces that touch', 'meta: { a: { b: 1 }}'],
		['a statement of a template', '{% if x %}'],
		['time_shift', 'time_shift:\n  - interval: 1 year'],
		['an approximate distinct count', 'type: count_distinct_approx'],
		['loose ranges of rollups', 'allow_non_strict_date_range_match: true']
	])('%s', (_, content) => {
		expect(() => checkFile({ fileName: 'x.yml', content })).toThrow(ModelError);
	});
});

describe('the model', () => {
	test('has one public view for each reader, and nothing else is public', () => {
		expect(
			of('views/')
				.map(({ fileName }) => fileName)
				.sort()
		).toEqual(VIEWS.map((view) => `views/${view}.yml`).sort());
		for (const { fileName, content } of of('cubes/'))
			expect({ fileName, hidden: /^ {4}public: false$/m.test(content) }).toEqual({ fileName, hidden: true });
	});

	test('reads tables, never statements of its own', () => {
		for (const { content } of of('cubes/')) {
			expect(content).not.toMatch(/^ {4}sql:/m);
			for (const [, table] of content.matchAll(/sql_table: (.+)/g)) expect(table).toMatch(/^marts\.\w+$/);
		}
	});

	test('joins references only: no fact meets another', () => {
		const references = of('cubes/reference/').map(({ fileName }) => fileName.replace(/^cubes\/reference\/(\w+)\.yml$/, '$1'));
		for (const { content } of of('cubes/')) {
			const joins = content.split(/^ {4}joins:\n/m)[1]?.split(/^ {4}\w/m)[0] ?? '';
			for (const [, to] of joins.matchAll(/- name: (\w+)/g)) expect(references).toContain(to);
			for (const [, relationship] of joins.matchAll(/relationship: (\w+)/g)) expect(relationship).toBe('many_to_one');
		}
	});

	test('divides by nothing that can be nothing', () => {
		for (const { fileName, content } of of('cubes/')) {
			for (const [line] of content.matchAll(/^ +sql: .*\/.*$/gm))
				expect({ fileName, line }).toEqual({ fileName, line: expect.stringMatching(/\/ NULLIF\(.+, 0\)/) as string });
		}
	});

	test('counts each day of a rollup strictly and keeps rollups in the file', () => {
		const rollups = of('cubes/').flatMap(({ content }) => content.match(/type: rollup[\s\S]*?(?=\n {6}- name:|$)/g) ?? []);
		expect(rollups).toHaveLength(8);
		for (const rollup of rollups) {
			expect(rollup).toContain('external: false');
			expect(rollup).toContain('granularity: day');
			expect(rollup).toContain('allow_non_strict_date_range_match: false');
		}
	});

	test('says of every description which row it is about', () => {
		for (const { fileName, content } of of('cubes/'))
			expect({ fileName, content }).toEqual({ fileName, content: expect.stringMatching(/One row per [^.]+\./) as string });
	});
});

test('without rollups the rest of the model stays as it is', () => {
	const bare = withoutRollups(files);
	expect(bare.some(({ content }) => content.includes('pre_aggregations'))).toBe(false);
	expect(bare.find(({ fileName }) => fileName === 'cubes/leads/fct_leads.yml')?.content).toContain('p90_order_to_delivery_days');
	expect(bare.find(({ fileName }) => fileName === 'views/leads.yml')).toEqual(files.find(({ fileName }) => fileName === 'views/leads.yml'));
});
