/** What really happened, beside what the systems recorded. Never landed; only tests read it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Instant, localText } from './clock.ts';

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
	/** Path below the folder of extracts. */
	file: string;
	/** Line of the file, the first is 1 (in CSV: the head). */
	line: number;
	record_id: string;
	column: string;
	reason: string;
}

export class Truth {
	readonly quarantined: QuarantinedRow[] = [];
	readonly #records: string[] = [];
	readonly #captures: string[] = [];
	readonly #orders: string[] = [];

	/** A record that names a person; its id gets the source in front, as the warehouse writes it. */
	record(source: string, resource: string, id: string, person_id: string): void {
		this.#records.push(`${source},${resource},${source}:${id},${person_id}`);
	}

	capture({ record_id, person_id, intended, valid, captured_at, channel_id, campaign_id }: TrueCapture): void {
		this.#captures.push([record_id, person_id, intended, valid, localText(captured_at), channel_id, campaign_id].join(','));
	}

	order({ order_id, person_id, touch_id, channel_id, campaign_id }: TrueOrder): void {
		this.#orders.push([order_id, person_id, touch_id, channel_id, campaign_id].join(','));
	}

	write(folder: string): void {
		mkdirSync(folder, { recursive: true });
		const table = (name: string, head: string, lines: readonly string[]): void =>
			writeFileSync(join(folder, name), `${[head, ...lines].join('\n')}\n`);
		table('records.csv', 'source,resource,record_id,person_id', this.#records);
		table('captures.csv', 'record_id,person_id,intended,valid,captured_at,channel_id,campaign_id', this.#captures);
		table('orders.csv', 'order_id,person_id,touch_id,channel_id,campaign_id', this.#orders);
		table(
			'quarantine.csv',
			'source,resource,file,line,record_id,column,reason',
			this.quarantined.map((row) => Object.values(row).join(','))
		);
	}
}
