/** What really happened, beside what the systems recorded. Never landed; only tests read it. */
import type { Instant } from './clock.ts';

export interface TrueRecord {
	source: string;
	resource: string;
	/** With its source in front, as the warehouse names it. */
	record_id: string;
	person_id: string;
}

export interface TrueCapture {
	record_id: string;
	person_id: string;
	/** What the simulation meant it to be; identity as resolved may see it otherwise. */
	intended: 'lead' | 'duplicate' | 'rejected' | 'reopened';
	valid: boolean | undefined;
	captured_at: Instant;
	channel_id: string;
	campaign_id: string | undefined;
}

export interface TrueOrder {
	order_id: string;
	person_id: string;
	/** The touch without which there would be no order: a session or a capture; undefined for a walk-in. */
	touch_id: string | undefined;
	channel_id: string;
	campaign_id: string | undefined;
}

export interface QuarantinedRow {
	source: string;
	resource: string;
	file: string;
	line: number;
	record_id: string;
	column: string;
	reason: string;
}

export class Truth {
	readonly records: TrueRecord[] = [];
	readonly captures: TrueCapture[] = [];
	readonly orders: TrueOrder[] = [];
	readonly quarantined: QuarantinedRow[] = [];

	record(source: string, resource: string, id: string, person_id: string): void {
		this.records.push({ source, resource, record_id: `${source}:${id}`, person_id });
	}
}
