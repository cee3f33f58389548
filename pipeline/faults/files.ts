/** Files that are damaged while nobody serves: a sentence that says which and what to do, and the way back works. */
import { cpSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onelane } from './program.ts';
import { WHOLE } from './landing.ts';
import type { Struck } from './report.ts';
import { rawDigest } from './state.ts';

export async function fileFaults({
	folder,
	extracts,
	sources
}: {
	folder: string;
	extracts: string;
	sources: readonly string[];
}): Promise<Struck[]> {
	const args = ['ingest', ...(sources.length > 0 ? ['--only', ...sources] : []), '--json'];
	const more = { ONELANE_DEMO_EXTRACTS: extracts };
	const whole = join(folder, WHOLE);
	const expected = JSON.stringify(await rawDigest(whole));
	const rows: Struck[] = [];
	const add = (point: string, happened: string, after: string, ok: boolean) => rows.push({ family: 'files', point, happened, after, ok });
	const oneSentence = (text: string) => text.trim().length > 0 && !/\n\s+at /.test(text);

	const cut = join(folder, 'files-cut');
	cpSync(whole, cut, { recursive: true });
	const raw = join(cut, 'raw.duckdb');
	truncateSync(raw, Math.floor(statSync(raw).size / 2));
	const failed = await onelane(cut, args, undefined, more);
	cpSync(join(whole, 'raw.duckdb'), raw);
	const healed = await onelane(cut, args, undefined, more);
	const same = JSON.stringify(await rawDigest(cut)) === expected;
	add(
		'raw.duckdb is cut off',
		`exit ${failed.code}: ${failed.tail.trim().slice(0, 160)}`,
		same && healed.code === 0 ? 'restored from its backup, nothing is lost' : 'not healed',
		failed.code === 1 && /raw\.duckdb cannot be read/.test(failed.tail) && same
	);

	for (const [name, text] of [
		['refresh.json', '{"status":'],
		['lock', 'nonsense']
	] as const) {
		const home = join(folder, `files-${name}`);
		cpSync(whole, home, { recursive: true });
		writeFileSync(join(home, name), text);
		const status = await onelane(home, ['status', '--json']);
		const again = await onelane(home, args, undefined, more);
		const good = JSON.stringify(await rawDigest(home)) === expected;
		add(
			`${name} is nonsense`,
			`status: exit ${status.code}`,
			again.code === 0 && good ? 'the next landing works' : `the next landing fails: ${again.tail.slice(-200)}`,
			again.code === 0 && good && oneSentence(status.tail)
		);
		rmSync(home, { recursive: true, force: true });
	}

	const twice = join(folder, 'files-twice');
	const both = await Promise.all([onelane(twice, args, undefined, more), onelane(twice, args, undefined, more)]);
	const winner = both.filter(({ code }) => code === 0).length;
	const loser = both.find(({ code }) => code !== 0);
	const once = JSON.stringify(await rawDigest(twice)) === expected;
	add(
		'two landings at once',
		loser ? `one is refused: ${loser.tail.trim().slice(0, 120)}` : 'one after the other',
		once ? 'each row once' : 'rows differ',
		once && winner >= 1 && (loser === undefined || /already writing/.test(loser.tail))
	);
	return rows;
}

/** A home on a small disk of its own: a mount in a namespace that nobody else sees. Null: the system does not allow it. */
export async function diskFull({
	folder,
	extracts,
	sources,
	run
}: {
	folder: string;
	extracts: string;
	sources: readonly string[];
	run: (script: string) => Promise<{ code: number | null; tail: string }>;
}): Promise<Struck[] | null> {
	const place = join(folder, 'small');
	// Room for a part of what has to be written.
	const kilobytes = Math.floor(statSync(join(folder, WHOLE, 'raw.duckdb')).size / 6_000);
	const cli = `'${process.execPath}' pipeline/cli.ts ingest ${sources.length > 0 ? `--only ${sources.join(' ')}` : ''} --json`;
	const script = [
		`mkdir -p '${place}' && mount -t tmpfs -o size=${kilobytes}k tmpfs '${place}' || exit 77`,
		`export ONELANE_HOME='${place}/home' ONELANE_ID_KEY=faults-0123456789-abcdefghijklmnopqrstuvwxyz ONELANE_DEMO_EXTRACTS='${extracts}'`,
		`${cli} > '${folder}/full.txt' 2>&1; echo "first $?" >> '${folder}/full.txt'`,
		`mount -o remount,size=400m '${place}'`,
		`${cli} > '${folder}/healed.txt' 2>&1; echo "second $?" >> '${folder}/healed.txt'`,
		`cp '${place}/home/raw.duckdb' '${folder}/small-raw.duckdb'`
	].join('\n');
	const { code, tail } = await run(script);
	if (code === 77 || /not permitted|unshare:/.test(tail) || !existsSync(join(folder, 'full.txt'))) return null;
	const full = readFileSync(join(folder, 'full.txt'), 'utf8');
	const healed = readFileSync(join(folder, 'healed.txt'), 'utf8');
	const check = join(folder, 'small-check');
	cpSync(join(folder, 'small-raw.duckdb'), join(check, 'raw.duckdb'));
	const same = JSON.stringify(await rawDigest(check)) === JSON.stringify(await rawDigest(join(folder, WHOLE)));
	return [
		{
			family: 'files',
			point: 'the disk is full while landing',
			happened: full.trim().replace(/\s+/g, ' ').slice(0, 200),
			after: same ? 'with room again the next landing holds each row once' : `not healed: ${healed.slice(-200)}`,
			ok: same && /^The disk .*is full[.:].*[Ff]ree some space.*\n+first 1/m.test(full) && !/\n\s+at /.test(full) && /second 0/.test(healed)
		}
	];
}
