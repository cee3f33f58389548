/** A funnel's stages and what is read from them. */

export interface StageFigure {
	id: string;
	count: number;
	/** Null: nothing to compare with. */
	comparison: number | null;
}

export interface FunnelFigures {
	stages: StageFigure[];
	/** Share of leads whose cohort is still inside its window. */
	immature: number;
	shift: { stage: string; change: number } | null;
}

export interface StageRow extends StageFigure {
	fromPrevious: number | null;
	fromFirst: number | null;
	lost: number | null;
	/** Change of the conversion from the previous stage, in shares; of the count for the first stage. */
	change: number | null;
}

/** A quotient of two counts; null where there is nothing to divide by, held back where one of them is. */
export function share(part: number | null | undefined, whole: number | null | undefined): number | null {
	return part === null || part === undefined || whole === null || whole === undefined || whole === 0 ? null : part / whole;
}

export function stageRows(stages: readonly StageFigure[]): StageRow[] {
	const [first] = stages;
	return stages.map((stage, index) => {
		const before = stages[index - 1];
		const now = share(stage.count, before?.count);
		const then = share(stage.comparison, before?.comparison);
		return {
			...stage,
			fromPrevious: before ? now : null,
			fromFirst: index === 0 ? null : share(stage.count, first?.count),
			lost: before ? before.count - stage.count : null,
			change: before && now !== null && then !== null ? now - then : null
		};
	});
}

const LEAST_TRIALS = 50;

/** The step whose conversion moved most; steps with few cases on either side say nothing. */
export function stepShift(stages: readonly StageFigure[]): { stage: string; change: number } | null {
	let most: { stage: string; change: number } | null = null;
	stageRows(stages).forEach((row, index) => {
		const before = stages[index - 1];
		if (row.change === null || !before || before.count < LEAST_TRIALS || (before.comparison ?? 0) < LEAST_TRIALS) return;
		if (!most || Math.abs(row.change) > Math.abs(most.change)) most = { stage: row.id, change: row.change };
	});
	return most;
}
