import { expect, test } from 'vitest';
import { parseFilters } from '#lib/filters.ts';
import { addDays } from '#lib/periods.ts';
import type { Query, Row } from '../semantic.ts';
import { leadPortions } from './lead-portions.ts';

const { filters } = parseFilters(new URLSearchParams(), '/leads');
const LAST = '2026-11-22';

/** Leads of the last days, as many each as said, latest first; the semantic layer's answers to questions about them. */
function brand(perDay: number[]) {
	const all: Row[] = perDay.flatMap((count, ago) =>
		Array.from({ length: count }, (_, index) => ({
			'leads.lead_id': `${ago}-${index}`,
			'leads.captured_date': `${addDays(LAST, -ago)}T00:00:00.000`
		}))
	);
	const asked: Query[] = [];
	const ask = ({ timeDimensions, offset = 0, limit = 0, ...rest }: Query) => {
		asked.push({ timeDimensions, offset, limit, ...rest });
		const [from = '', to = ''] = timeDimensions?.[0]?.dateRange ?? [];
		const day = (row: Row) => String(row['leads.captured_date']).slice(0, 10);
		return Promise.resolve(all.filter((row) => day(row) >= from && day(row) <= to).slice(offset, offset + limit));
	};
	const ranges = { current: [addDays(LAST, 1 - perDay.length), LAST], comparison: null, horizon: null };
	return { all, asked, portions: () => Array.fromAsync(leadPortions({ filters, ranges: ranges as never }, ask)) };
}

test.each([
	['steady', Array.from({ length: 60 }, () => 700)],
	['one busy day', [10, 0, 12_345, 3, 10_000, 5000, 4999, 0, 0, 1]],
	['long without any', [...Array.from({ length: 900 }, () => 0), 6000, 2]],
	['none', [0, 0, 0]],
	['growing at once', [...Array.from({ length: 40 }, () => 1), ...Array.from({ length: 40 }, () => 900)]]
])('%s: every lead once, in order', async (_, perDay) => {
	const { all, portions } = brand(perDay);
	expect((await portions()).flat()).toEqual(all);
});

test('questions are about a few days each and skip nothing that is many', async () => {
	const { all, asked, portions } = brand(Array.from({ length: 300 }, () => 700));
	const sizes = (await portions()).map((rows) => rows.length);
	expect(Math.max(...sizes)).toBeLessThanOrEqual(5000);
	expect(asked.length).toBeLessThan((all.length / 2000) * 1.6);
	expect(asked.every(({ offset }) => offset === 0)).toBe(true);
});

test('where there is little a question reaches further', async () => {
	const { asked, portions } = brand(Array.from({ length: 2000 }, (_, ago) => (ago % 100 === 0 ? 1 : 0)));
	await portions();
	expect(asked.length).toBeLessThan(15);
});
