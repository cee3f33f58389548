/** All leads of a list, in its order, in portions that take little memory on either side. */
import { addDays, daysIn } from '#lib/periods.ts';
import { cursorAfter, leadsQuery, type Cursor } from './lead-list.ts';
import type { Asking } from './organisation-queries.ts';
import type { Query, Row } from '../semantic.ts';

/** Leads that a question aims at: a million take five hundred questions. */
const WANTED = 2000;
/** Past it the rest of a day is a question of its own. Far above what is wanted, for each place to go on from is another statement. */
const MOST = 5000;
const FIRST_DAYS = 2;
const MOST_DAYS = 366;

/**
 * From the latest day back, a few days a question: as many as held `WANTED` leads the last time. Nothing is sorted or skipped but within
 * those days, so the last portion costs what the first did.
 */
export async function* leadPortions(
	{ filters, ranges }: Pick<Asking, 'filters' | 'ranges'>,
	ask: (query: Query) => Promise<Row[]>
): AsyncGenerator<Row[], void, undefined> {
	const [first, last] = ranges.current;
	let to = last;
	let days = FIRST_DAYS;
	let cursor: Cursor | null = null;
	while (to >= first) {
		const start = addDays(to, 1 - days);
		const from = start < first ? first : start;
		const rows: Row[] = await ask(leadsQuery({ filters, ranges: { ...ranges, current: [from, to] } }, MOST, cursor));
		if (rows.length > 0) yield rows;
		const isWhole = rows.length < MOST;
		cursor = isWhole ? null : cursorAfter(rows, cursor);
		days = daysFor(rows.length, daysIn([cursor?.day ?? from, to]), days);
		to = cursor?.day ?? addDays(from, -1);
	}
}

function daysFor(rows: number, inDays: number, asked: number): number {
	const fit = rows === 0 ? MOST_DAYS : Math.floor((WANTED * inDays) / rows);
	// At most three times as many: what is sparse now may be dense then.
	return Math.max(1, Math.min(fit, asked * 3, MOST_DAYS));
}
