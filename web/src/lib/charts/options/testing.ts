/** What tests of builders share: a context, and a reader of options by path. */
import type { DrawContext, Drawing } from '../drawing.ts';
import { cssTheme } from '../theme.ts';

export function context(change: Partial<DrawContext> = {}): DrawContext {
	return { locale: 'en', theme: cssTheme, width: 740, currency: 'CNY', ...change };
}

interface LooseSeries {
	type: string;
	name?: string;
	step?: string;
	data: unknown[];
	itemStyle?: Record<string, unknown>;
}

interface LooseAxis {
	min?: number;
	max?: number;
	interval?: number;
	inverse?: boolean;
	data?: unknown[];
	axisLabel?: { formatter?: (value: unknown, index: number) => string };
}

/** Options as a test reads them: ECharts' own types are unions over every form that it accepts. */
export function read(drawing: Drawing) {
	const option = drawing.option as unknown as {
		series: LooseSeries[];
		xAxis: LooseAxis;
		yAxis: LooseAxis | LooseAxis[];
		graphic?: { elements: { x?: number; y?: number; style: { text?: string } }[] };
		tooltip?: { formatter: (item: unknown) => string };
	};
	const values = (index: number) => option.series[index]?.data.map((item) => (isItem(item) ? item.value : item)) ?? [];
	/** Texts of a column of figures; 0 is the names. */
	const column = (index: number) => {
		const axis = [option.yAxis].flat()[index];
		return axis?.data?.map((name, row) => axis.axisLabel?.formatter?.(name, row) ?? String(name)) ?? [];
	};
	const texts = option.graphic?.elements.flatMap((element) => element.style.text ?? []) ?? [];
	const tip = (item: unknown) => option.tooltip?.formatter(item) ?? '';
	return { ...option, values, column, texts, tip };
}

function isItem(item: unknown): item is { value: unknown } {
	return typeof item === 'object' && item !== null && 'value' in item;
}
