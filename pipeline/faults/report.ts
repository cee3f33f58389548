/** One row a fault: where it struck, what happened, and the state after it. */
import type { Kill, Ran } from './program.ts';

export interface Struck {
	family: string;
	point: string;
	happened: string;
	after: string;
	ok: boolean;
}

/** Whether a kill struck: a fault that did not come about proves nothing, however well everything is afterwards. */
export function outcome({ signal, code, points }: Ran, { at, within }: Kill): { fired: boolean; happened: string } {
	if (signal === 'SIGKILL') return { fired: true, happened: 'killed' };
	// A program below the command was to be killed: the command itself lives to say so.
	if (within !== undefined && points >= at && code !== 0) return { fired: true, happened: `killed; the command ends with ${code}` };
	return { fired: false, happened: `NOT KILLED: it ended with ${code} after ${points} points` };
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
