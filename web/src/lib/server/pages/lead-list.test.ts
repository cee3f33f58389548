import { expect, test } from 'vitest';
import { parseFilters } from '#lib/filters.ts';
import type { Row } from '../semantic.ts';
import { cursorAfter, leadsFilter, leadsQuery, readCursor, writeCursor } from './lead-list.ts';

const filters = (search: string) => parseFilters(new URLSearchParams(search), '/leads').filters;
const ranges = { current: ['2026-11-01', '2026-11-22'], comparison: null, horizon: ['2026-11-01', '2026-11-30'] } as const;
const asking = (search: string) => ({ filters: filters(search), ranges: ranges as never });

/** Seven leads over three days, as the semantic layer sorts them; answered like it, by day and offset. */
const days = ['2026-11-22', '2026-11-22', '2026-11-22', '2026-11-21', '2026-11-21', '2026-11-20', '2026-11-20'];
const all: Row[] = days.map((day, index) => ({ 'leads.lead_id': `l${index}`, 'leads.captured_date': `${day}T00:00:00.000` }));
function answer(search: string, cursor: string | undefined, size: number): Row[] {
	const { timeDimensions, offset = 0, limit } = leadsQuery(asking(search), size, readCursor(cursor));
	const until = timeDimensions?.[0]?.dateRange?.[1] ?? '';
	return all.filter((row) => String(row['leads.captured_date']).slice(0, 10) <= until).slice(offset, offset + (limit ?? 0));
}

test.each([1, 2, 3, 4, 7, 9])('pages of %i hold every lead once, in order', (size) => {
	const seen: unknown[] = [];
	let cursor: string | undefined;
	for (let page = 0; page < 20; page++) {
		const rows = answer('', cursor, size);
		if (rows.length === 0) break;
		const from = readCursor(cursor);
		expect(from?.before ?? 0).toBe(seen.length);
		seen.push(...rows.map((row) => row['leads.lead_id']));
		const next = cursorAfter(rows, from);
		cursor = next ? writeCursor(next) : undefined;
	}
	expect(seen).toEqual(all.map((row) => row['leads.lead_id']));
});

test('a cursor outside the period is of another list and counts for nothing', () => {
	expect(leadsQuery(asking(''), 5, readCursor('2020-01-01~3~9'))).not.toHaveProperty('offset');
});

test('as far as a stage means that stage or a later one', () => {
	expect(leadsFilter(filters('stage=order'))).toEqual([
		{ member: 'leads.furthest_stage', operator: 'equals', values: ['order', 'delivery'] }
	]);
	expect(leadsFilter(filters('stopped=visit&province=江苏'))).toEqual([
		{ member: 'leads.province', operator: 'equals', values: ['江苏'] },
		{ member: 'leads.furthest_stage', operator: 'equals', values: ['visit'] }
	]);
});
