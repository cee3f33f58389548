/** Captures, and the leads that they are grouped into. */
import { type Identifier, readIdentifier, REACHING } from './identifiers.ts';
import type { PersonRecord } from './identity.ts';
import type { OracleRow, ReadResource } from './read.ts';

export interface OracleCapture {
	record_id: string;
	key: string;
	at: number;
	rejected: boolean;
	reopens: boolean;
	row: OracleRow;
	outcome: 'lead' | 'duplicate' | 'rejected';
	/** Record that started the lead; undefined when rejected. */
	lead_id: string | undefined;
}

export const CAPTURING: readonly (readonly [resource: string, key: string])[] = [
	['web.forms', 'form_id'],
	['ads.leads', 'platform_lead_id'],
	['verticals.leads', 'portal_lead_id'],
	['crm.leads', 'lead_id']
];

const IDENTIFIERS = ['phone', 'email', 'unionid', 'openid', 'wecom_external_userid', 'device_id', 'anonymous_id'];
const WINDOW = 30 * 24 * 3_600_000;

export function identifiersOf(row: OracleRow): Identifier[] {
	return IDENTIFIERS.flatMap((type) => (row[type] === undefined ? [] : [readIdentifier(type, row[type] as string)]));
}

/** The reference to a lead as a row of the given source writes it. */
export function leadReference(row: OracleRow, source: string): string | undefined {
	return row.lead_record_id === undefined ? undefined : `${row.lead_source ?? source}:${row.lead_record_id}`;
}

export function readCaptures(read: ReadonlyMap<string, ReadResource>): { captures: OracleCapture[]; records: PersonRecord[] } {
	const captures: OracleCapture[] = [];
	const records: PersonRecord[] = [];
	for (const [resource, id] of CAPTURING) {
		const [source, name] = resource.split('.') as [string, string];
		for (const row of read.get(resource)?.rows ?? []) {
			const record_id = `${source}:${row[id]}`;
			const key = `${source}/${name}/${record_id}`;
			const identifiers = identifiersOf(row);
			const reaching = identifiers.filter(({ type }) => REACHING.has(type));
			captures.push({
				record_id,
				key,
				at: row.captured_at as number,
				rejected: reaching.length > 0 && reaching.every(({ status }) => status === 'useless'),
				reopens: row.reopened_record_id !== undefined,
				row,
				outcome: 'lead',
				lead_id: undefined
			});
			records.push({
				key,
				name: row.name as string | undefined,
				identifiers: [...identifiers, { type: 'lead_record', value: record_id, status: 'ok' }]
			});
		}
	}
	return { captures, records };
}

/**
 * Walks each customer's captures in order. A capture joins the earliest-started lead whose first capture is at most
 * 30 × 24 h old and of the same series, an unknown series matching any; else it starts one. Rejected captures and those
 * that reopen a lost lead stand outside of this.
 */
export function groupCaptures(captures: readonly OracleCapture[], customers: ReadonlyMap<string, string>): void {
	const byCustomer = Map.groupBy(captures, (capture) => customers.get(capture.key) as string);
	for (const list of byCustomer.values()) {
		const started: OracleCapture[] = [];
		for (const capture of list.toSorted((a, b) => a.at - b.at || (a.record_id < b.record_id ? -1 : 1))) {
			if (capture.rejected) {
				capture.outcome = 'rejected';
				continue;
			}
			const lead = capture.reopens ? undefined : started.find((first) => capture.at - first.at <= WINDOW && sameSeries(first, capture));
			capture.outcome = lead ? 'duplicate' : 'lead';
			capture.lead_id = (lead ?? capture).record_id;
			if (!lead && !capture.reopens) started.push(capture);
		}
	}
}

function sameSeries(a: OracleCapture, b: OracleCapture): boolean {
	const [first, second] = [a.row.series_id, b.row.series_id];
	return first === undefined || second === undefined || first === second;
}
