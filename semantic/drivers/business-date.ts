/** A business date, which the model says as `CAST(<column> AS TIMESTAMP)`. */
const BUSINESS_DATE = /^CAST\((.+) AS TIMESTAMP\)$/;

/**
 * The condition that keeps whole days, both included. Dates are compared as dates: a cast around the column would have every part of a
 * table read, whatever days it holds. `asDate` takes the time off an instant.
 */
export function betweenDays(column: string, from: string, to: string, asDate: (instant: string) => string): string {
	const [, date] = BUSINESS_DATE.exec(column) ?? [];
	return date ? `${date} >= ${asDate(from)} AND ${date} <= ${asDate(to)}` : `${column} >= ${from} AND ${column} <= ${to}`;
}
