/** One question for several ranges of days: asked once, answered range by range. */
import type { DateRange } from '#lib/periods.ts';
import type { Answer, Query, Row } from './semantic.ts';

type TimeDimension = NonNullable<Query['timeDimensions']>[number];

export interface Ranges {
	/** The earliest day of all. */
	from: string;
	time(dimension: string, granularity?: TimeDimension['granularity']): TimeDimension[];
	/** The answer's rows of one range; nothing for a range that was not asked. */
	of(answer: Answer, range: DateRange | null): Row[];
}

/** Ranges may be null or equal to one another. The first is the period itself. */
export function askRanges(first: DateRange, ...others: (DateRange | null)[]): Ranges {
	const unique: DateRange[] = [first];
	for (const range of others) if (range && !unique.some((known) => isSame(known, range))) unique.push(range);
	return {
		from: unique.map(([from]) => from).reduce((earliest, from) => (from < earliest ? from : earliest)),
		time: (dimension, granularity) => [
			{ dimension, ...(granularity ? { granularity } : {}), ...(unique.length > 1 ? { compareDateRange: unique } : { dateRange: first }) }
		],
		of: (answer, range) => {
			const index = range ? unique.findIndex((known) => isSame(known, range)) : -1;
			return index < 0 ? [] : (answer[index] ?? []);
		}
	};
}

function isSame(a: DateRange, b: DateRange): boolean {
	return a[0] === b[0] && a[1] === b[1];
}
