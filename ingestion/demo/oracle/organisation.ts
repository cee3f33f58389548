/** Where a store belonged on a day, what a member of staff was on a day, and which region serves a city. */
import { businessDay, type OracleRow, type ReadResource } from './read.ts';

export interface Place {
	area_id: string | undefined;
	region_id: string | undefined;
	dealer_group_id: string | undefined;
}

const NOWHERE: Place = { area_id: undefined, region_id: undefined, dealer_group_id: undefined };

export class Organisation {
	readonly #stores: Map<string, OracleRow[]>;
	readonly #staff: Map<string, OracleRow[]>;
	readonly #regionOfArea: Map<string, string>;
	readonly #regionOfCity: Map<string, string>;

	constructor(read: ReadonlyMap<string, ReadResource>) {
		const rows = (resource: string): OracleRow[] => read.get(resource)?.rows ?? [];
		const history = (resource: string, id: string): Map<string, OracleRow[]> =>
			Map.groupBy(
				rows(resource).toSorted((a, b) => (a.valid_from as number) - (b.valid_from as number)),
				(row) => row[id] as string
			);
		this.#stores = history('reference.stores', 'store_id');
		this.#staff = history('reference.staff', 'staff_id');
		this.#regionOfArea = new Map(rows('reference.areas').map((row) => [row.area_id as string, row.region_id as string]));
		this.#regionOfCity = new Map(rows('reference.cities').map((row) => [row.city as string, row.region_id as string]));
	}

	/** Where the store is managed now. */
	placeNow(store: string | undefined): Place {
		return this.#place(store === undefined ? undefined : this.#stores.get(store)?.at(-1));
	}

	placeAt(store: string | undefined, instant: number): Place {
		const periods = store === undefined ? undefined : this.#stores.get(store);
		return this.#place(periods?.findLast((row) => (row.valid_from as number) <= businessDay(instant)) ?? periods?.[0]);
	}

	/** A person is what the post of that day says; a stranger is an inviter. */
	isAdvisor(staff: string, instant: number): boolean {
		const periods = this.#staff.get(staff);
		const post = periods?.findLast((row) => (row.valid_from as number) <= businessDay(instant)) ?? periods?.[0];
		return post?.role === 'advisor';
	}

	regionOfCity(city: string | undefined): string | undefined {
		return city === undefined ? undefined : this.#regionOfCity.get(city);
	}

	#place(row: OracleRow | undefined): Place {
		if (!row) return NOWHERE;
		const area_id = row.area_id as string;
		return { area_id, region_id: this.#regionOfArea.get(area_id), dealer_group_id: row.dealer_group_id as string | undefined };
	}
}
