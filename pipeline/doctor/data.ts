/** Of the data: what is served, how fresh it is, how the last refresh went. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { sentence } from '../errors.ts';
import { readPointer, readRefresh } from '../state.ts';
import { warehouseFor } from '../warehouse/index.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const DAY_MS = 24 * 3_600_000;
/** Sources deliver daily; one may miss a day. */
const STALE_DAYS = 2;

export function pages({ root }: Pick<Context, 'root'>): Finding {
	return existsSync(join(root, 'build', 'web'))
		? ok('pages', 'built')
		: fail('pages', 'The pages are not built: run "npm start" or "npm run web:build".');
}

export async function warehouse(context: Context): Promise<Finding> {
	try {
		const pointer = readPointer(context.home);
		if (pointer === null) return warn('warehouse', 'Nothing is published yet: run "onelane refresh".');
		const kept = warehouseFor(context, pointer);
		const where = 'file' in pointer ? join(context.home, pointer.file) : `Dataset ${pointer.dataset}`;
		if (!(await kept.exists(pointer))) return fail('warehouse', `${where} is missing: run "onelane rollback" or "onelane refresh".`);
		const tables = (await kept.marts(pointer)).length;
		return tables > 0
			? ok('warehouse', `${pointer.version} opens with ${tables} marts in ${'file' in pointer ? 'DuckDB' : 'BigQuery'}`)
			: fail('warehouse', `${pointer.version} holds no marts: run "onelane rollback".`);
	} catch (error) {
		return fail('warehouse', `${sentence(error)} Run "onelane rollback" or "onelane refresh".`);
	}
}

/** Going stale in silence is how figures become wrong. */
export function freshness({ home }: Pick<Context, 'home'>, now: Date = new Date()): Finding {
	let pointer: ReturnType<typeof readPointer>;
	try {
		pointer = readPointer(home);
	} catch {
		return warn('freshness', 'It is not known while the warehouse has the fault above.');
	}
	if (pointer === null) return warn('freshness', 'Nothing is published yet: run "onelane refresh".');
	const days = (instant: string) => Math.floor((now.getTime() - Date.parse(instant)) / DAY_MS);
	if (days(pointer.built_at) >= STALE_DAYS)
		return fail(
			'freshness',
			`The served version was built ${days(pointer.built_at)} days ago: run "onelane refresh", and see that the schedule still does.`
		);
	const late = pointer.freshness.filter(({ loaded_at, data_until }) => days(data_until ?? loaded_at) > STALE_DAYS);
	const said = late.map(({ source, loaded_at, data_until }) => `${source} (${days(data_until ?? loaded_at)} days)`).join(', ');
	if (late.length > 0) return warn('freshness', `No newer data of ${said}: ask whoever delivers it, then run "onelane refresh".`);
	return ok('freshness', `built ${pointer.built_at}; no source is older than ${STALE_DAYS} days`);
}

export function lastRefresh({ home }: Pick<Context, 'home'>): Finding {
	const state = readRefresh(home);
	if (state === null) return warn('refresh', 'There was none yet: run "onelane refresh".');
	if (state.status === 'failed')
		return fail('refresh', state.message ?? 'The last one failed: run "onelane refresh" again and read what it says.');
	return ok('refresh', `${state.status} at ${state.finished_at ?? state.started_at}`);
}
