/** GoogleSQL for marts whose views are asked by business dates: dates are compared as dates, so that partitions are pruned. */
import { BigqueryQuery } from '@cubejs-backend/schema-compiler/dist/src/adapter/BigqueryQuery.js';
import { betweenDays } from './business-date.ts';
import { TimeZoneError } from './dialect.ts';
import { type Ordered, withTiesBroken } from './ties.ts';

const TRUNCATED: Record<string, string> = { week: 'WEEK(MONDAY)' };

export class BusinessDateDialect extends BigqueryQuery {
	override convertTz(field: string): string {
		const { timezone } = this as unknown as { timezone?: string };
		if (timezone && timezone !== 'UTC') throw new TimeZoneError(`Queries run in UTC; "${timezone}" was asked for.`);
		return field;
	}

	override timeRangeFilter(column: string, from: string, to: string): string {
		return betweenDays(column, from, to, (instant) => `DATE(${instant})`);
	}

	override timeGroupedColumn(granularity: string, column: string): string {
		return `TIMESTAMP_TRUNC(${column}, ${TRUNCATED[granularity] ?? granularity.toUpperCase()})`;
	}

	override orderBy(): string {
		const query = this as unknown as Ordered;
		query.order = withTiesBroken(query);
		return super.orderBy();
	}

	/** Nothing comes last either way, as with DuckDB, so that the first rows of a list are the same ones. */
	override orderHashToString(hash: { id: string; desc: boolean }): string | null {
		const ordered = super.orderHashToString(hash);
		return ordered && `${ordered} NULLS LAST`;
	}
}
