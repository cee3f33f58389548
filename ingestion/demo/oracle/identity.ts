/**
 * One customer: records are connected through the identifiers seen on them, by union-find. Names never connect; relay
 * and useless numbers never connect; identifiers over their cap never connect.
 */
import { FAN_OUT, type Identifier, PER_CUSTOMER, WEAK } from './identifiers.ts';

/** A source record that names a person. `key` is `<source>/<resource>/<source>:<id>`. */
export interface PersonRecord {
	key: string;
	name: string | undefined;
	identifiers: Identifier[];
}

class Union {
	readonly #parents = new Map<string, string>();

	find(node: string): string {
		let root = node;
		for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) root = parent;
		for (let step = node; step !== root;) {
			const next = this.#parents.get(step) as string;
			this.#parents.set(step, root);
			step = next;
		}
		return root;
	}

	join(a: string, b: string): void {
		const [left, right] = [this.find(a), this.find(b)];
		if (left !== right) this.#parents.set(left, right);
	}
}

const nodeOf = ({ type, value }: Identifier): string => `${type}=${value}`;

export interface Resolved {
	/** Customer of each record, by the record's key. The customer's name is arbitrary: only equality means something. */
	customers: Map<string, string>;
	/** Customers with a usable identifier of a person: of the others nobody can say whether they were seen before. */
	recognisable: Set<string>;
}

export function resolveCustomers(records: readonly PersonRecord[]): Resolved {
	const merging = mergingIdentifiers(records);
	const union = connect(records, (identifier) => merging.has(nodeOf(identifier)));
	const contradicted = contradictedComponents(records, merging, union);
	const merges = (identifier: Identifier, key: string) =>
		merging.has(nodeOf(identifier)) && !(WEAK.has(identifier.type) && contradicted.has(union.find(key)));
	const customers = labels(records, contradicted.size === 0 ? union : connect(records, merges));
	const ofPersons = (identifier: Identifier) => !identifier.type.endsWith('_record');
	const recognised = records.filter(({ key, identifiers }) => identifiers.some((one) => ofPersons(one) && merges(one, key)));
	return { customers, recognisable: new Set(recognised.map(({ key }) => customers.get(key) as string)) };
}

function connect(records: readonly PersonRecord[], merges: (identifier: Identifier, key: string) => boolean): Union {
	const union = new Union();
	for (const { key, identifiers } of records) {
		for (const identifier of identifiers) if (merges(identifier, key)) union.join(key, nodeOf(identifier));
	}
	return union;
}

function labels(records: readonly PersonRecord[], union: Union): Map<string, string> {
	return new Map(records.map(({ key }) => [key, union.find(key)]));
}

/** Usable identifiers on whose records no more names, phones or unionids were seen than the cap allows. */
function mergingIdentifiers(records: readonly PersonRecord[]): Set<string> {
	const seen = new Map<string, { type: string; names: Set<string>; phones: Set<string>; unionids: Set<string> }>();
	for (const { name, identifiers } of records) {
		const usable = identifiers.filter((identifier) => identifier.status === 'ok');
		for (const identifier of usable) {
			const node = nodeOf(identifier);
			const entry = seen.get(node) ?? { type: identifier.type, names: new Set(), phones: new Set(), unionids: new Set() };
			seen.set(node, entry);
			if (name) entry.names.add(name);
			for (const { type, value } of usable) {
				if (type === identifier.type) continue;
				if (type === 'phone') entry.phones.add(value);
				if (type === 'unionid') entry.unionids.add(value);
			}
		}
	}
	return new Set(
		[...seen]
			.filter(([, { type, names, phones, unionids }]) => Math.max(names.size, phones.size, unionids.size) <= (FAN_OUT[type] ?? Infinity))
			.map(([node]) => node)
	);
}

function contradictedComponents(records: readonly PersonRecord[], merging: ReadonlySet<string>, union: Union): Set<string> {
	const held = new Map<string, Set<string>>();
	for (const { key, identifiers } of records) {
		for (const identifier of identifiers) {
			const node = nodeOf(identifier);
			if (PER_CUSTOMER[identifier.type] === undefined || !merging.has(node)) continue;
			const holder = `${union.find(key)} ${identifier.type}`;
			held.set(holder, (held.get(holder) ?? new Set()).add(node));
		}
	}
	const over = [...held].filter(([holder, nodes]) => nodes.size > (PER_CUSTOMER[holder.slice(holder.lastIndexOf(' ') + 1)] as number));
	return new Set(over.map(([holder]) => holder.slice(0, holder.lastIndexOf(' '))));
}

export interface PairQuality {
	/** Of the pairs of records that were put together, the share that are one person. Null without a pair. */
	precision: number | null;
	/** Of the pairs of records that are one person, the share that were put together. */
	recall: number | null;
}

/** Pairwise quality of any resolution against the truth, over the records that both know. */
export function pairQuality(resolved: ReadonlyMap<string, string>, truth: ReadonlyMap<string, string>): PairQuality {
	const customers = new Map<string, number>();
	const persons = new Map<string, number>();
	const both = new Map<string, number>();
	const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
	for (const [record, person] of truth) {
		const customer = resolved.get(record);
		if (customer === undefined) continue;
		count(customers, customer);
		count(persons, person);
		count(both, `${customer} ${person}`);
	}
	const pairs = (map: ReadonlyMap<string, number>): number => [...map.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
	const [together, same, right] = [pairs(customers), pairs(persons), pairs(both)];
	return { precision: together === 0 ? null : right / together, recall: same === 0 ? null : right / same };
}
