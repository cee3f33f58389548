/** What the figures of a run are held against; the same as in docs/architecture.md. */
export interface Figure {
	group: 'demo' | 'landing' | 'build' | 'semantic' | 'memory' | 'web' | 'load' | 'bigquery';
	what: string;
	value: number;
	unit: 's' | 'ms' | 'GB' | 'MB' | 'kB' | 'count' | 'rows/s' | 'ratio' | 'requests/s';
	/** Null: a figure without a budget. */
	budget: { most?: number; least?: number } | null;
	note?: string;
}

export function within({ value, budget }: Figure): boolean | null {
	if (budget === null) return null;
	return (budget.most === undefined || value <= budget.most) && (budget.least === undefined || value >= budget.least);
}

export function describeFigures(figures: readonly Figure[]): string {
	const shown = figures.map((figure) => ({
		mark: { true: '✓', false: '✗', null: ' ' }[String(within(figure)) as 'true' | 'false' | 'null'],
		group: figure.group,
		what: figure.what,
		value:
			`${figure.unit === 'count' ? figure.value : round(figure.value)} ${figure.unit === 'ratio' || figure.unit === 'count' ? '' : figure.unit}`.trim(),
		budget: budgetText(figure),
		note: figure.note ?? ''
	}));
	const width = (key: 'group' | 'what' | 'value' | 'budget') => Math.max(...shown.map((row) => row[key].length));
	return shown
		.map((row) =>
			`${row.mark} ${row.group.padEnd(width('group'))}  ${row.what.padEnd(width('what'))}  ${row.value.padStart(width('value'))}  ${row.budget.padEnd(width('budget'))}  ${row.note}`.trimEnd()
		)
		.join('\n');
}

/** The last lines of a benchmark: whether its budgets are kept, and beneath it each that is not, so that it is seen in a long table. */
export function describeBudgets(figures: readonly Figure[], about: string): string {
	const missed = figures.filter((figure) => within(figure) === false);
	if (missed.length === 0) return `All budgets are kept${about}`;
	return `${missed.length} of ${figures.length} figures miss their budget${about}\n${describeFigures(missed)}`;
}

function budgetText({ budget }: Figure): string {
	if (budget === null) return '';
	return budget.most === undefined ? `(at least ${budget.least})` : `(at most ${budget.most})`;
}

const round = (value: number) =>
	value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2);
