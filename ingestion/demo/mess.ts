/**
 * What real extracts do: rows twice, versions out of order, stragglers, deletions, and rows that nobody can read.
 * Everything added has a key of its own or an older version, so that nothing of the truth is lost by it.
 */
import type { Resource, ResourceField } from '../core/resource.ts';
import { DAY, dayOf, type Instant, monthStart, monthText } from './clock.ts';
import type { Row } from './extracts.ts';
import { cities } from './geography.ts';
import { isJson } from './lines.ts';
import { Random } from './random.ts';

/** How a line is spoilt: the text stands in the column; without a column the line itself is cut. */
export interface Spoilt {
	kind: 'bad_date' | 'missing_key' | 'unknown_value' | 'bad_number' | 'too_few_columns' | 'broken_json';
	column: string;
	text: string;
}

export interface Delivered {
	row: Row;
	/** Month of the file that brings it, YYYYMM. */
	month: string;
	spoilt?: Spoilt;
}

const TEST_SHARE = 0.002;
const SPOILT_SHARE = 0.0025;
/** Fields by which a copied record would still point at a person or at another record. */
const POINTING = [
	'openid',
	'unionid',
	'device_id',
	'anonymous_id',
	'email',
	'wecom_external_userid',
	'vin',
	'lead_source',
	'lead_record_id',
	'visit_id',
	'appointment_id',
	'reopened_record_id',
	'reopened_source'
];

/** What a source corrects afterwards, by resource; the others change their records in the simulation itself. */
const CORRECTIONS: Record<string, (row: Row, random: Random) => Partial<Row>> = {
	'crm.leads': correctCity,
	'web.forms': correctCity,
	'ads.leads': correctCity,
	'verticals.leads': correctCity,
	'crm.visits': (row) => ({ series_id: row.series_id ?? 'yunfan_x5' }),
	'crm.followups': (row) => ({ seconds: row.kind === 'call' && row.connected ? (row.seconds as number) + 1 : 0 })
};

function correctCity(row: Row, random: Random): Partial<Row> {
	return { city: random.pick(cities.filter((city) => city.province === row.province)).city };
}

export class Mess {
	readonly #resource: Resource;
	readonly #now: Instant;
	readonly #random: Random;
	readonly #key: ResourceField;
	readonly #correct: ((row: Row, random: Random) => Partial<Row>) | undefined;
	#copies = 0;

	constructor(resource: Resource, seed: number, now: Instant) {
		const name = `${resource.source}.${resource.name}`;
		this.#resource = resource;
		this.#now = now;
		this.#random = new Random(seed, 'mess', name);
		this.#key = resource.fields.find((field) => field.name === resource.primaryKey[0]) as ResourceField;
		this.#correct = CORRECTIONS[name];
	}

	/** The row as it arrives, and whatever arrives beside it. Reference data is maintained by hand and stays clean. */
	deliver(row: Row): Delivered[] {
		if (this.#resource.source === 'reference') return [{ row, month: '' }];
		const delivered = this.#arrive(row);
		if (this.#resource.tombstone && this.#resource.primaryKey.length === 1 && this.#random.chance(TEST_SHARE))
			delivered.push(...this.#bury(row));
		if (this.#random.chance(SPOILT_SHARE)) delivered.push(this.#spoil(row));
		return delivered;
	}

	#month(instant: Instant): string {
		return monthText(dayOf(Math.min(instant, this.#now)));
	}

	#nextMonth(instant: Instant): string {
		return this.#month((monthStart(dayOf(instant), 1) + 1) * DAY);
	}

	#arrive(row: Row): Delivered[] {
		const random = this.#random;
		const month = this.#month(row.updated_at);
		const draw = random.next();
		if (draw < 0.006)
			return [
				{ row, month },
				{ row, month }
			];
		if (draw < 0.009)
			return [
				{ row, month },
				{ row, month: this.#nextMonth(row.updated_at) }
			];
		// A straggler: it comes with the last file and an old date.
		if (draw < 0.011) return [{ row, month: this.#month(this.#now) }];
		if (!this.#correct || draw >= 0.022) return [{ row, month }];
		const updated_at = row.updated_at + random.int(1, 20) * DAY;
		if (updated_at >= this.#now) return [{ row, month }];
		const later = { ...row, ...this.#correct(row, random), updated_at };
		// In a third of the cases the newer version comes in an earlier file than the older one.
		if (random.chance(0.34))
			return [
				{ row: later, month },
				{ row, month: this.#nextMonth(updated_at) }
			];
		return [
			{ row, month },
			{ row: later, month: this.#month(updated_at) }
		];
	}

	/** A test record that the source made and deleted; sometimes an older copy comes later, which must not bring it back. */
	#bury(model: Row): Delivered[] {
		const random = this.#random;
		const deletedAt = model.updated_at + random.int(60, 5 * DAY);
		if (deletedAt >= this.#now) return [];
		const row: Row = { ...model, [this.#key.name]: `TEST${String((this.#copies += 1)).padStart(5, '0')}` };
		for (const field of POINTING) if (field in row && field !== this.#key.name) row[field] = undefined;
		if ('phone' in row) row.phone = `139${String(50_000_000 + random.int(0, 9_999_999))}`;
		if ('name' in row) row.name = '测试';
		const gone = { ...row, [this.#resource.tombstone as string]: true, updated_at: deletedAt };
		const delivered = [
			{ row, month: this.#month(row.updated_at) },
			{ row: gone, month: this.#month(deletedAt) }
		];
		if (random.chance(0.3)) delivered.push({ row, month: this.#nextMonth(deletedAt) });
		return delivered;
	}

	/** A row that breaks the contract in one of the ways that its resource allows. */
	#spoil(model: Row): Delivered {
		const random = this.#random;
		const { fields } = this.#resource;
		const names = (suits: (field: ResourceField) => boolean): string[] => fields.filter(suits).map((field) => field.name);
		const id = `BAD${String((this.#copies += 1)).padStart(5, '0')}`;
		const textKey = this.#key.type === 'text';
		const row: Row = textKey ? { ...model, [this.#key.name]: id } : { ...model, campaign_id: id };
		const times = names((field) => field.required && (field.type === 'timestamp' || field.type === 'date'));
		const lists = names((field) => field.values !== undefined);
		const numbers = names((field) => field.type === 'decimal' || field.type === 'integer');
		const ways: (() => Spoilt)[] = [
			() => ({ kind: 'bad_date', column: random.pick(times), text: random.pick(['2025-13-45 10:00:00', '31.02.2026', 'yesterday']) })
		];
		if (textKey) ways.push(() => ({ kind: 'missing_key', column: this.#key.name, text: '' }));
		if (lists.length > 0)
			ways.push(() => ({ kind: 'unknown_value', column: random.pick(lists), text: random.pick(['???', 'unbekannt', 'TBD']) }));
		if (numbers.length > 0)
			ways.push(() => ({ kind: 'bad_number', column: random.pick(numbers), text: random.pick(['12,5x', 'abc', '-3']) }));
		ways.push(() => ({ kind: isJson(this.#resource) ? 'broken_json' : 'too_few_columns', column: '', text: '' }));
		return { row, month: this.#month(model.updated_at), spoilt: random.pick(ways)() };
	}
}
