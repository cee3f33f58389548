import { expect, test } from 'vitest';
import { share, stageRows, stepShift, type StageFigure } from './model.ts';

const stages: StageFigure[] = [
	{ id: 'lead', count: 8000, comparison: 1000 },
	{ id: 'visit', count: 2000, comparison: 300 },
	{ id: 'order', count: 842, comparison: 90 }
];

test('conversions from the previous and from the first stage', () => {
	const [lead, visit, order] = stageRows(stages);
	expect(lead).toMatchObject({ fromPrevious: null, fromFirst: null, lost: null, change: null });
	expect(visit).toMatchObject({ fromPrevious: 0.25, fromFirst: 0.25, lost: 6000 });
	expect(visit?.change).toBeCloseTo(-0.05);
	expect(order?.fromFirst).toBeCloseTo(0.10525);
});

test('a quotient of nothing is nothing', () => {
	expect(share(3, 0)).toBeNull();
	expect(share(null, 5)).toBeNull();
	expect(share(0, 5)).toBe(0);
});

test('the step that moved most, among those with enough cases', () => {
	expect(stepShift(stages)).toMatchObject({ stage: 'order' });
	expect(stepShift(stages.map((stage) => ({ ...stage, comparison: 3 })))).toBeNull();
	expect(stepShift(stages.map((stage) => ({ ...stage, comparison: null })))).toBeNull();
});
