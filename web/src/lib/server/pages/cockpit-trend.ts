/** Net orders by day or week, with what they are compared with. */
import type { Compare } from '#lib/comparison.ts';
import { addDays, eachDay, weekStart, type DateRange } from '#lib/periods.ts';
import { count, text, type Row } from '../semantic.ts';
import type { TargetLevel } from './cockpit-queries.ts';
import { dayOf, rowsOf } from './cockpit-targets.ts';

export interface Trend {
	step: 'day' | 'week';
	dates: string[];
	current: (number | null)[];
	/** The compared days laid on these, or another member in the same days. */
	comparison: (number | null)[] | null;
	target: number[] | null;
}

interface Rows {
	now: Row[];
	before: Row[];
	targets: Row[];
	level: TargetLevel | null;
	compares: Compare;
}

export function trendOf(step: Trend['step'], current: DateRange, comparison: DateRange | null, rows: Rows): Trend {
	const steps = (range: DateRange) => (step === 'day' ? eachDay(range) : eachWeek(range));
	const values = (dates: string[], some: Row[]) => {
		const known = new Map<string, number>();
		for (const row of some) {
			const date = (text(row, 'funnel.occurred_date') ?? '').slice(0, 10);
			known.set(date, (known.get(date) ?? 0) + count(row, 'funnel.orders_net'));
		}
		return dates.map((date) => known.get(date) ?? 0);
	};
	const dates = steps(current);
	const other = rows.compares === 'member' ? current : rows.compares === 'previous' || rows.compares === 'year' ? comparison : null;
	const earlier = other && values(steps(other), rows.before);
	const due = new Map<string, number>();
	for (const row of rowsOf(rows.targets, rows.level, 'orders')) {
		const date = step === 'day' ? dayOf(row) : weekStart(dayOf(row));
		due.set(date, (due.get(date) ?? 0) + count(row, 'targets.target'));
	}
	return {
		step,
		dates,
		current: values(dates, rows.now),
		comparison: earlier && dates.map((_, index) => earlier[index] ?? null),
		target: due.size > 0 ? dates.map((date) => Math.round((due.get(date) ?? 0) * 100) / 100) : null
	};
}

function eachWeek([from, to]: DateRange): string[] {
	const weeks: string[] = [];
	for (let date = weekStart(from); date <= to; date = addDays(date, 7)) weeks.push(date);
	return weeks;
}
