/** What a benchmark ends with: 1 where a budget is missed, so that a script notices. */
export function exitCodeOf({ figures }: { figures: readonly { within: boolean | null }[] }): 0 | 1 {
	return figures.some(({ within }) => within === false) ? 1 : 0;
}
