/** "What changed and why" as rows: whole cars that add up along each row and down each column. */
import type { Segments } from '../answer/claims.ts';
import { decompose, wholeTable, type Contribution, type Parts } from '../answer/contribution.ts';
import type { Locale } from '../format.ts';
import type { AllMessages } from '../messages/all.ts';
import { WHYS, type Why } from '../parameters.ts';

const LISTED = 8;

export interface ChangeRow {
	/** Null: all the others together, or the whole. */
	id: string | null;
	name: string;
	before: number;
	now: number;
	/** Whole cars that add up to the whole's. */
	change: number;
	volume: number;
	mix: number;
	rate: number;
	direct: number;
}

export interface Change {
	by: Why;
	/** Dimensions that can explain it. */
	whys: Why[];
	rows: ChangeRow[];
	total: ChangeRow;
	hasDirect: boolean;
}

/** What changed, by one dimension: the members that moved it most, the rest in one row; parts and rows add up to the total in whole cars. */
export function explainChange(segments: Segments, wanted: Why | undefined, t: AllMessages, locale: Locale): Change | null {
	const whys = WHYS.filter((why) => (segments[why]?.length ?? 0) > 1);
	const by = wanted && segments[wanted]?.length ? wanted : whys[0];
	if (!by) return null;
	const whole = decompose(segments[by] ?? []);
	const moved = whole.segments
		.filter(({ before, now }) => before !== 0 || now !== 0)
		.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
	// One left over is as well named.
	const most = moved.length === LISTED + 1 ? LISTED + 1 : LISTED;
	const named = moved.slice(0, most).map((one) => ({ id: one.segment.id, name: nameOf(one, by, t, locale), parts: one as Parts }));
	const rest = moved.slice(most);
	if (rest.length > 0) named.push({ id: '', name: t.cockpit.why.others(rest.length), parts: together(rest) });
	const cars = wholeTable(named.map(({ parts }) => [parts.volume, parts.mix, parts.rate, parts.direct]));
	const rows = named.map(({ id, name, parts: { before, now, change } }, index): ChangeRow => {
		const [volume = 0, mix = 0, rate = 0, direct = 0] = cars[index] ?? [];
		return { id: id || null, name, before, now, change, volume, mix, rate, direct };
	});
	const sum = (key: 'volume' | 'mix' | 'rate' | 'direct') => rows.reduce((total, row) => total + row[key], 0);
	const { before, now, change } = whole;
	const total = {
		id: null,
		name: t.cockpit.why.total,
		before,
		now,
		change,
		volume: sum('volume'),
		mix: sum('mix'),
		rate: sum('rate'),
		direct: sum('direct')
	};
	return { by, whys, rows, total, hasDirect: whole.segments.some(({ direct }) => direct !== 0) };
}

function nameOf({ segment }: Contribution, by: Why, t: AllMessages, locale: Locale): string {
	if (segment.id === '') return by === 'campaign' ? t.cockpit.why.noCampaign : t.app.unknown;
	return locale === 'en' ? segment.en : segment.zh;
}

function together(parts: Contribution[]): Parts {
	const sum = (key: keyof Parts) => parts.reduce((total, part) => total + part[key], 0);
	return {
		before: sum('before'),
		now: sum('now'),
		change: sum('change'),
		volume: sum('volume'),
		mix: sum('mix'),
		rate: sum('rate'),
		direct: sum('direct')
	};
}
