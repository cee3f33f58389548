/** Flows between layers. Its places are computed here, so that the browser needs no library for this one kind. */
import { exact, fitText, frame, itemTooltip, pixelSeries, textMark, textWidth, words, type DrawContext, type Drawing } from '../drawing.ts';
import type { FlowNode, SankeySpec } from '../spec.ts';
import { category } from '../theme.ts';

export const MOST_NODES = 12;
const NODE = 10;
const GAP = 14;
const ROW = 30;
const LEAST = 180;

interface Placed extends FlowNode {
	value: number;
	x: number;
	y: number;
	height: number;
}

interface Flow {
	from: Placed;
	to: Placed;
	value: number;
	y0: number;
	y1: number;
	thickness: number;
}

type Graph = Pick<SankeySpec, 'nodes' | 'links'>;

/** At most twelve nodes: the smallest of each crowded layer become one, so that no flow is lost. */
export function fewNodes({ nodes, links }: Graph, other: string, most = MOST_NODES): Graph {
	if (nodes.length <= most) return { nodes, links };
	const layers = [...new Set(nodes.map((node) => node.layer))];
	const size = sizes({ nodes, links });
	const countOf = (layer: number) => nodes.filter((node) => node.layer === layer).length;
	// Layers that need less than their even part leave the rest to the crowded ones.
	const even = most / layers.length;
	const small = layers.filter((layer) => countOf(layer) <= even);
	const left = most - small.reduce((sum, layer) => sum + countOf(layer), 0);
	const each = Math.max(2, Math.floor(left / Math.max(1, layers.length - small.length)));
	const kept = new Set(
		layers.flatMap((layer) => {
			const own = nodes.filter((node) => node.layer === layer).sort((a, b) => (size.get(b.id) ?? 0) - (size.get(a.id) ?? 0));
			return own.slice(0, own.length <= each ? each : each - 1).map((node) => node.id);
		})
	);
	const layerOf = new Map(nodes.map((node) => [node.id, node.layer]));
	const named = (id: string) => (kept.has(id) ? id : `other-${layerOf.get(id) ?? 0}`);
	const together = new Map<string, { from: string; to: string; value: number }>();
	for (const { from, to, value } of links) {
		const key = `${named(from)} → ${named(to)}`;
		together.set(key, { from: named(from), to: named(to), value: (together.get(key)?.value ?? 0) + value });
	}
	const crowded = layers.filter((layer) => nodes.some((node) => node.layer === layer && !kept.has(node.id)));
	return {
		nodes: [
			...nodes.filter((node) => kept.has(node.id)),
			...crowded.map((layer) => ({ id: `other-${layer}`, name: other, layer, colour: 0 }))
		],
		links: [...together.values()]
	};
}

/** What a node carries: the greater of what comes in and what goes out. */
function sizes({ nodes, links }: Graph): Map<string, number> {
	const sum = (id: string, end: 'from' | 'to') => links.reduce((total, link) => (link[end] === id ? total + link.value : total), 0);
	return new Map(nodes.map((node) => [node.id, Math.max(sum(node.id, 'from'), sum(node.id, 'to'))]));
}

/** Nodes and flows in pixels, one scale for all; within a layer the greatest stands first. */
export function sankeyLayout(graph: Graph, box: { left: number; width: number; height: number }): { nodes: Placed[]; flows: Flow[] } {
	const size = sizes(graph);
	const layers = [...new Set(graph.nodes.map((node) => node.layer))].sort((a, b) => a - b);
	const inLayer = layers.map((layer) =>
		graph.nodes.filter((node) => node.layer === layer).sort((a, b) => (size.get(b.id) ?? 0) - (size.get(a.id) ?? 0))
	);
	const scale = Math.min(
		...inLayer.map((own) => {
			const total = own.reduce((sum, node) => sum + (size.get(node.id) ?? 0), 0);
			return total > 0 ? (box.height - GAP * (own.length - 1)) / total : Infinity;
		})
	);
	const nodes = inLayer.flatMap((own, column) => {
		let y = 0;
		return own.map((node): Placed => {
			const value = size.get(node.id) ?? 0;
			const height = Math.max(1, value * scale);
			const x = box.left + (layers.length === 1 ? 0 : (column / (layers.length - 1)) * (box.width - NODE));
			const placed = { ...node, value, x, y, height };
			y += height + GAP;
			return placed;
		});
	});
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const used = { out: new Map<string, number>(), in: new Map<string, number>() };
	const order = (id: string) => byId.get(id)?.y ?? 0;
	const flows = [...graph.links]
		.sort((a, b) => order(a.from) - order(b.from) || order(a.to) - order(b.to))
		.flatMap((link): Flow[] => {
			const [from, to] = [byId.get(link.from), byId.get(link.to)];
			if (!from || !to || link.value <= 0) return [];
			const thickness = link.value * scale;
			const y0 = from.y + (used.out.get(from.id) ?? 0);
			const y1 = to.y + (used.in.get(to.id) ?? 0);
			used.out.set(from.id, (used.out.get(from.id) ?? 0) + thickness);
			used.in.set(to.id, (used.in.get(to.id) ?? 0) + thickness);
			return [{ from, to, value: link.value, y0, y1, thickness }];
		});
	return { nodes, flows };
}

function ribbon({ from, to, y0, y1, thickness }: Flow): string {
	const [x0, x1] = [from.x + NODE, to.x];
	const middle = (x0 + x1) / 2;
	return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}L${x1} ${y1 + thickness}C${middle} ${y1 + thickness} ${middle} ${y0 + thickness} ${x0} ${y0 + thickness}Z`;
}

export function sankeyOption(spec: SankeySpec, context: DrawContext): Drawing {
	const { theme, width } = context;
	const graph = fewNodes(spec, words(context).other);
	const lastLayer = Math.max(...graph.nodes.map((node) => node.layer));
	const label = (node: FlowNode & { value: number }) => `${node.name} ${exact(node.value, spec.unit, context)}`;
	const size = sizes(graph);
	const lastNames = graph.nodes.filter((node) => node.layer === lastLayer).map((node) => label({ ...node, value: size.get(node.id) ?? 0 }));
	const right = Math.min(Math.ceil(Math.max(0, ...lastNames.map((text) => textWidth(text))) * 1.1) + 10, Math.floor(width * 0.4));
	const crowd = Math.max(
		...[...new Set(graph.nodes.map((node) => node.layer))].map((layer) => graph.nodes.filter((node) => node.layer === layer).length)
	);
	const height = Math.max(LEAST, crowd * ROW + (crowd - 1) * GAP);
	const { nodes, flows } = sankeyLayout(graph, { left: 0, width: width - right, height });
	const share = (value: number, of: number) => exact(of > 0 ? value / of : null, 'percent', context);
	const flowText = (flow: Flow) =>
		`${flow.from.name} → ${flow.to.name}\n${exact(flow.value, spec.unit, context)}  ${share(flow.value, flow.from.value)}`;
	const texts = [...flows.map(flowText), ...nodes.map((node) => label(node))];
	const layers = [...new Set(nodes.map((node) => node.x))].length;
	const layerRoom = layers > 1 ? (width - right - NODE) / (layers - 1) - NODE - 12 : width;
	const items = [
		...flows.map((flow) => ({
			children: [
				{
					type: 'path' as const,
					shape: { pathData: ribbon(flow) },
					style: { fill: category(theme, flow.from.colour), opacity: 0.28 }
				}
			]
		})),
		...nodes.map((node) => ({
			children: [
				{
					type: 'rect' as const,
					shape: { x: node.x, y: node.y, width: NODE, height: node.height, r: 2 },
					style: { fill: category(theme, node.colour) }
				}
			]
		}))
	];
	return {
		height,
		marks: texts.map((text, index) => ({ index, text })),
		option: {
			...frame(theme),
			tooltip: itemTooltip(theme, (index) => texts[index] ?? ''),
			graphic: {
				elements: nodes.map((node) => ({
					...textMark(
						theme,
						{ x: node.x + NODE + 6, y: node.y + node.height / 2 },
						fitText(label(node), node.layer === lastLayer ? right - 8 : layerRoom),
						{ fill: theme.text, verticalAlign: 'middle' }
					),
					z: 10
				}))
			},
			series: [pixelSeries(items)]
		}
	};
}
