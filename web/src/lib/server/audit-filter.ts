/** The audit log's filter as the address has it; what is not understood is left out. */
import { AUDIT_ACTIONS, type AuditFilter } from '../../../../app-state/index.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;

/** Days are those of UTC, as the entries are written. */
export function auditFilter(search: URLSearchParams): AuditFilter {
	const text = (name: string) => search.get(name)?.trim().slice(0, 200) || undefined;
	const day = (name: string, more: number) => {
		const value = text(name);
		const time = value && DAY.test(value) ? Date.parse(value) : NaN;
		return Number.isNaN(time) ? undefined : new Date(time + more).toISOString();
	};
	const before = Number(search.get('before'));
	return {
		action: AUDIT_ACTIONS.find((action) => action === search.get('action')),
		about: text('about'),
		from: day('from', 0),
		until: day('until', DAY_MS),
		before: Number.isSafeInteger(before) && before > 0 ? before : undefined
	};
}
