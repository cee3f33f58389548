/**
 * How a rollup is built is the same for every query, yet Cube works it out again each time: 13 ms of a query's 30.
 * Remembered per compiled model; only for flat rollups, whose description depends on no query.
 */

interface Found {
	preAggregationName: string;
	preAggregation: { type: string; partitionGranularity?: string };
}

type Description = Record<string, unknown>;

interface PreAggregations {
	query: { cubeEvaluator: object; timezone?: string };
	preAggregationDescriptionsForRecursive: (cube: string, found: Found) => Description[];
}

const known = new WeakMap<object, Map<string, Description[]>>();

export function rememberDescriptions<T>(made: T): T {
	const preAggregations = made as PreAggregations;
	const work = preAggregations.preAggregationDescriptionsForRecursive.bind(preAggregations);
	preAggregations.preAggregationDescriptionsForRecursive = (cube, found) => {
		const { type, partitionGranularity } = found.preAggregation;
		if (type !== 'rollup' || partitionGranularity) return work(cube, found);
		const { cubeEvaluator, timezone } = preAggregations.query;
		const ofModel = known.get(cubeEvaluator) ?? new Map<string, Description[]>();
		known.set(cubeEvaluator, ofModel);
		const key = `${cube}.${found.preAggregationName}/${timezone ?? ''}`;
		const descriptions = ofModel.get(key) ?? work(cube, found);
		ofModel.set(key, descriptions);
		// Whoever gets them may write to them.
		return descriptions.map((description) => ({ ...description }));
	};
	return made;
}
