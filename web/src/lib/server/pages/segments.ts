/** From rows of visits and net orders to the segments that a change is made of. */
import type { Segment } from '#lib/answer/contribution.ts';
import type { Segments } from '#lib/answer/claims.ts';
import type { Why } from '#lib/parameters.ts';
import { DIMENSION } from '../members.ts';
import type { NameOf } from '../names.ts';
import { count, text, type Row } from '../semantic.ts';

/** One list a dimension; what belongs to no member has an empty id. `base` and `result` are the view's measures. */
export function segmentsOf(
	view: string,
	nameOf: NameOf,
	levels: readonly Why[],
	[before, now]: readonly [Row[], Row[]],
	[base, result]: readonly [string, string] = ['visits', 'orders_net']
): Segments {
	return Object.fromEntries(
		levels.map((level): [Why, Segment[]] => {
			const found = new Map<string, { base: [number, number]; result: [number, number] }>();
			const add = (rows: Row[], side: 0 | 1) => {
				for (const row of rows) {
					const id = text(row, `${view}.${DIMENSION[level]}`) ?? '';
					const one = found.get(id) ?? { base: [0, 0], result: [0, 0] };
					one.base[side] += count(row, `${view}.${base}`);
					one.result[side] += count(row, `${view}.${result}`);
					found.set(id, one);
				}
			};
			add(before, 0);
			add(now, 1);
			return [level, [...found].map(([id, one]) => ({ id, ...nameOf(level, id), ...one }))];
		})
	);
}
