/** Final answers as bytes of JSON, which is how Cube sends them on. */
import { transform, type RawColumns, type TransformRequest } from './transform.ts';

type Result = Record<string, unknown>;

/** @throws when a hidden member was asked for */
export function getFinalQueryResult(request: TransformRequest, raw: RawColumns, result: Result): Promise<ArrayBuffer> {
	return promised(() => ({ ...result, data: transform(request, raw) }));
}

export function getFinalQueryResultMulti(
	requests: TransformRequest[],
	raws: RawColumns[],
	response: { queryType: string; results: Result[]; slowQuery?: boolean }
): Promise<ArrayBuffer> {
	return promised(() => {
		const results = response.results.map((result, index) => {
			const [request, raw] = [requests[index], raws[index]];
			if (!request || !raw) throw new Error(`Result ${index + 1} of ${response.results.length} has no data.`);
			return { ...result, data: transform(request, raw) };
		});
		const queries = response.results.map((result) => (result.query ?? {}) as Result);
		return {
			queryType: response.queryType,
			results,
			pivotQuery: pivotQuery(response.queryType, queries),
			slowQuery: response.slowQuery ?? false
		};
	});
}

/** The query by which a client pivots: one query's own, or what several have in common. */
export function pivotQuery(queryType: string, queries: Result[]): Result {
	const [first = {}] = queries;
	if (queryType === 'blendingQuery') {
		const united = (key: string) => [...new Set(queries.flatMap((query) => (query[key] ?? []) as string[]))];
		const granularity = queries
			.flatMap((query) => (query.timeDimensions ?? []) as { granularity?: string }[])
			.find((time) => time.granularity)?.granularity;
		return {
			measures: united('measures'),
			dimensions: united('dimensions'),
			timeDimensions: [{ dimension: 'time', granularity }],
			queryType
		};
	}
	if (queryType === 'compareDateRangeQuery') {
		return { ...first, dimensions: ['compareDateRange', ...((first.dimensions ?? []) as string[])], queryType };
	}
	return { ...first, queryType };
}

async function promised(answer: () => unknown): Promise<ArrayBuffer> {
	const bytes = new TextEncoder().encode(JSON.stringify(answer()));
	return bytes.buffer;
}
