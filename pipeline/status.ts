/** What is served, how fresh it is, and how the last refresh went. */
import type { Pointer, RefreshState } from '../contracts/pointer.ts';
import { readPointer, readRefresh } from './state.ts';

export interface Status {
	home: string;
	served: Pick<Pointer, 'version' | 'built_at' | 'timezone' | 'previous'> | null;
	freshness: Pointer['freshness'];
	refresh: RefreshState | null;
	/** What to know in one sentence. */
	summary: string;
}

export function readStatus(home: string): Status {
	const pointer = readPointer(home);
	const refresh = readRefresh(home);
	const served = pointer && {
		version: pointer.version,
		built_at: pointer.built_at,
		timezone: pointer.timezone,
		previous: pointer.previous
	};
	return { home, served, freshness: pointer?.freshness ?? [], refresh, summary: summarise(pointer, refresh) };
}

function summarise(pointer: Pointer | null, refresh: RefreshState | null): string {
	if (refresh?.status === 'failed') return `The last refresh failed. ${refresh.message ?? ''}`.trim();
	if (pointer === null) return 'Nothing is published yet: run "onelane refresh".';
	if (refresh?.status === 'running')
		return `A refresh is running since ${refresh.started_at} (${refresh.step}); ${pointer.version} is served.`;
	if (refresh?.status === 'rolled_back') return refresh.message ?? 'Rolled back.';
	return `${pointer.version} is served.`;
}

/** The same for people; dates as stored (UTC). */
export function describeStatus(status: Status): string {
	const lines = [status.summary, `home       ${status.home}`];
	if (status.served) {
		lines.push(`version    ${status.served.version}, built ${status.served.built_at}, business days in ${status.served.timezone}`);
		lines.push(`rollback   ${status.served.previous.join(', ') || 'no older version is kept'}`);
	}
	for (const { source, loaded_at, data_until } of status.freshness) {
		lines.push(`source     ${source.padEnd(12)} data until ${data_until ?? 'unknown'}, landed ${loaded_at}`);
	}
	if (status.refresh) lines.push(`refresh    ${status.refresh.status}, started ${status.refresh.started_at}, step ${status.refresh.step}`);
	for (const { name, failures } of status.refresh?.failed_tests ?? []) {
		lines.push(`failing    ${name}${failures === null ? '' : `: ${failures} rows`}`);
	}
	return lines.join('\n');
}
