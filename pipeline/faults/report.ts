/** One row a fault: where it struck, what happened, and the state after it. */
export interface Struck {
	family: string;
	point: string;
	happened: string;
	after: string;
	ok: boolean;
}

export function describeFaults(rows: readonly Struck[]): string {
	const families = [...new Set(rows.map(({ family }) => family))];
	const lines = rows.map(
		({ ok, family, point, happened, after }) => `${ok ? '✓' : '✗'} ${family.padEnd(10)} ${point}\n             ${happened} → ${after}`
	);
	const counts = families.map((family) => {
		const of = rows.filter((row) => row.family === family);
		return `${family} ${of.length} (${of.filter(({ ok }) => !ok).length} failed)`;
	});
	return `${lines.join('\n')}\n${counts.join(', ')}`;
}
