/** Targets of the reader's own level, and of the members below it. */
import type { Attainment, Target } from '#lib/cockpit/model.ts';
import type { Period } from '#lib/periods.ts';
import { count, text, type Row } from '../semantic.ts';
import type { TargetLevel } from './cockpit-queries.ts';

export function rowsOf(rows: Row[], level: TargetLevel | null, metric: string): Row[] {
	return rows.filter((row) => text(row, 'targets.level') === level && text(row, 'targets.metric') === metric);
}

export function targetOf(rows: Row[], level: TargetLevel | null, metric: string, to: string): Target | null {
	const own = rowsOf(rows, level, metric);
	return own.length === 0 ? null : summed(own, to);
}

function summed(rows: Row[], to: string): Target {
	const sum = (some: Row[]) => Math.round(some.reduce((total, row) => total + count(row, 'targets.target'), 0) * 100) / 100;
	return { full: sum(rows), toDate: sum(rows.filter((row) => dayOf(row) <= to)) };
}

export function dayOf(row: Row): string {
	return (text(row, 'targets.target_date') ?? '').slice(0, 10);
}

/** Net orders of each member against its own target; furthest behind first. What is held back is not listed. */
export function attainments(rows: Row[], level: TargetLevel | null, { to }: Period): Attainment[] {
	if (level === null) return [];
	const members = Map.groupBy(rowsOf(rows, level, 'orders'), (row) => text(row, `targets.${level}_id`) ?? '');
	return [...members]
		.map(([id, own]) => {
			const [first] = own;
			const zh = text(first, `targets.${level}_name_zh`) ?? id;
			const value = own.filter((row) => dayOf(row) <= to).reduce((total, row) => total + count(row, 'targets.actual'), 0);
			return { id, zh, en: text(first, `targets.${level}_name_en`) ?? zh, value, target: summed(own, to) };
		})
		.filter(({ id, value, target }) => id !== '' && !Number.isNaN(value) && (target.full > 0 || value > 0))
		.sort((a, b) => a.value - a.target.toDate - (b.value - b.target.toDate) || a.id.localeCompare(b.id));
}
