import { expect, test } from 'vitest';
import type { SankeySpec } from '../spec.ts';
import { fewNodes, sankeyLayout, sankeyOption } from './sankey.ts';
import { context } from './testing.ts';

const sources = Array.from({ length: 12 }, (_, index) => `s${index}`);
const spec: SankeySpec = {
	kind: 'sankey',
	label: 'Paths',
	unit: 'count',
	nodes: [...sources.map((id) => ({ id, name: id, layer: 0 })), ...['won', 'lost'].map((id) => ({ id, name: id, layer: 1 }))],
	links: sources.flatMap((from, index) => [
		{ from, to: 'won', value: 12 - index },
		{ from, to: 'lost', value: 20 }
	])
};
const total = (links: readonly { value: number }[]) => links.reduce((sum, { value }) => sum + value, 0);

test('at most twelve nodes, and no flow is lost', () => {
	const few = fewNodes(spec, 'Other');
	expect(few.nodes.length).toBeLessThanOrEqual(12);
	expect(few.nodes.filter(({ name }) => name === 'Other')).toHaveLength(1);
	expect(total(few.links)).toBe(total(spec.links));
});

test('one scale for all; flows of a node fill it and do not overlap', () => {
	const { nodes, flows } = sankeyLayout(fewNodes(spec, 'Other'), { left: 0, width: 400, height: 300 });
	for (const node of nodes) {
		expect(node.y + node.height).toBeLessThanOrEqual(300.001);
		const out = flows.filter(({ from }) => from === node);
		if (out.length > 0) expect(out.reduce((sum, flow) => sum + flow.thickness, 0)).toBeCloseTo(node.height);
	}
	expect(sankeyOption(spec, context()).marks?.[0]?.text).toMatch(/^\w+ → \w+\n[\d,]+ {2}[\d.]+%$/);
});
