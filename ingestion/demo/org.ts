/** The sales organisation: areas, dealer groups and stores, which grow with the number of customers and move in time. */
import { type Day, monthStart } from './clock.ts';
import { type City, cities, districts, regions } from './geography.ts';
import { groupName } from './names.ts';
import { Random } from './random.ts';
import { type Staff, type Tenure, staffStores } from './staff.ts';

export interface Store {
	store_id: string;
	name_zh: string;
	name_en: string;
	store_type: string;
	sales_model: 'dealer' | 'direct' | 'agency';
	dealer_group_id: string | undefined;
	city: City;
	/** Areas that managed it, oldest first. */
	areas: { from: Day; area_id: string }[];
	opened: Day;
	closed: Day | undefined;
	/** Share of the demand of its surroundings, relative. */
	weight: number;
	/** Skill at closing: 1 is usual. */
	skill: number;
	inviters: Tenure[];
	advisors: Tenure[];
}

export interface Area {
	area_id: string;
	name_zh: string;
	name_en: string;
	region_id: string;
}

export interface Organisation {
	areas: readonly Area[];
	groups: readonly { dealer_group_id: string; name_zh: string; name_en: string }[];
	stores: readonly Store[];
	staff: readonly Staff[];
	excellent: Store;
	overdue: Staff;
	overdueStore: Store;
}

const CUSTOMERS_PER_STORE = 500;
const FEWEST_STORES = 16;
const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const TYPES: readonly (readonly [type: string, zh: string, en: string, share: number, model: Store['sales_model']])[] = [
	['4S', '4S店', '4S Store', 46, 'dealer'],
	['3S', '3S店', '3S Store', 12, 'dealer'],
	['2S', '2S店', '2S Store', 8, 'dealer'],
	['1S', '1S店', '1S Store', 6, 'agency'],
	['city_showroom', '城市展厅', 'City Showroom', 18, 'direct'],
	['pop_up', '快闪店', 'Pop-up', 6, 'direct'],
	['online_mall', '线上商城', 'Online Mall', 2, 'direct']
];

export function buildOrganisation(seed: number, customers: number, start: Day, end: Day, flat = false): Organisation {
	const random = new Random(seed, 'organisation');
	const count = Math.max(FEWEST_STORES, Math.round(customers / CUSTOMERS_PER_STORE));
	const sites = placeStores(count);
	const areas = buildAreas(sites);
	const groups = Array.from({ length: Math.max(4, Math.round(count / 6)) }, (_, index) => {
		const name = groupName(index);
		return { dealer_group_id: `G${String(index + 1).padStart(2, '0')}`, name_zh: `${name.zh}汽车集团`, name_en: `${name.en} Auto Group` };
	});
	const stores = sites.map((city, index) => buildStore(random, city, index, sites, areas, groups, start, end));
	const excellent = stores.find((store) => store.city.region_id === 'east') as Store;
	const overdueStore = stores.find((store) => store.city.region_id === 'south') as Store;
	Object.assign(excellent, { weight: 3.2, skill: 1.85, closed: undefined, opened: start - 900 });
	(excellent.areas[0] as { from: Day }).from = excellent.opened;
	Object.assign(overdueStore, { weight: 2.2, closed: undefined, opened: start - 1200 });
	(overdueStore.areas[0] as { from: Day }).from = overdueStore.opened;
	if (flat) for (const store of stores) makeUsual(store, start);
	else moveStores(random, stores, areas, start, end, new Set([excellent, overdueStore]));
	const { staff, overdue } = staffStores(seed, stores, overdueStore, start, end);
	if (flat) for (const person of staff) person.pace = 1;
	return { areas, groups, stores, staff, excellent, overdue, overdueStore };
}

/** Open all along, where it is, and as good as any other. */
function makeUsual(store: Store, start: Day): void {
	const opened = Math.min(store.opened, start - 1);
	Object.assign(store, { weight: 1, skill: 1, closed: undefined, opened });
	for (const area of store.areas) area.from = opened;
}

/** Cities of the stores: one in the largest cities of each region first, the rest where each store serves most demand. */
function placeStores(count: number): City[] {
	const open = cities.filter((city) => city.stores);
	const placed = new Map<City, number>();
	const put = (city: City): void => void placed.set(city, (placed.get(city) ?? 0) + 1);
	for (const region of regions) {
		const largest = open.filter((city) => city.region_id === region.region_id).sort((a, b) => b.weight - a.weight);
		largest.slice(0, 2).forEach(put);
	}
	while ([...placed.values()].reduce((sum, value) => sum + value, 0) < count) {
		let best = open[0] as City;
		for (const city of open) if (city.weight / ((placed.get(city) ?? 0) + 0.6) > best.weight / ((placed.get(best) ?? 0) + 0.6)) best = city;
		put(best);
	}
	return open.flatMap((city) => Array.from({ length: placed.get(city) ?? 0 }, () => city));
}

function buildAreas(sites: readonly City[]): Area[] {
	return regions.flatMap((region) => {
		const stores = sites.filter((city) => city.region_id === region.region_id).length;
		return Array.from({ length: Math.max(2, Math.round(stores / 5)) }, (_, index) => ({
			area_id: `${region.region_id}-${index + 1}`,
			name_zh: `${region.name_zh}${NUMERALS[index] ?? index + 1}区`,
			name_en: `${region.name_en} Area ${index + 1}`,
			region_id: region.region_id
		}));
	});
}

function buildStore(
	random: Random,
	city: City,
	index: number,
	sites: readonly City[],
	areas: readonly Area[],
	groups: Organisation['groups'],
	start: Day,
	end: Day
): Store {
	const nth = sites.slice(0, index).filter((other) => other === city).length;
	const inRegion = sites.slice(0, index).filter((other) => other.region_id === city.region_id).length;
	const regionSize = sites.filter((other) => other.region_id === city.region_id).length;
	const regionAreas = areas.filter((area) => area.region_id === city.region_id);
	const area = regionAreas[Math.floor((inRegion * regionAreas.length) / regionSize)] as Area;
	const [type, typeZh, typeEn, , model] = nth === 0 ? (TYPES[0] as (typeof TYPES)[number]) : random.weighted(TYPES, (entry) => entry[3]);
	const sales_model = model === 'direct' ? 'direct' : random.chance(0.12) ? 'agency' : model;
	const group = sales_model === 'direct' ? undefined : random.pick(groups);
	const places = districts(city.city);
	const place = places[nth % places.length] as (typeof places)[number];
	const again = nth >= places.length ? ` ${Math.floor(nth / places.length) + 1}` : '';
	const brand = group
		? { zh: group.name_zh.replace('汽车集团', ''), en: group.name_en.replace(' Auto Group', '') }
		: { zh: '直营', en: 'Direct' };
	const late = nth > 0 && random.chance(0.16);
	const opened = late ? start + random.int(60, 420) : start - random.int(100, 1500);
	return {
		store_id: `S${String(index + 1).padStart(3, '0')}`,
		name_zh: `${city.city}${place.zh}${brand.zh}${typeZh}${again}`,
		name_en: `${city.name_en} ${place.en} ${brand.en} ${typeEn}${again}`,
		store_type: type,
		sales_model,
		dealer_group_id: group?.dealer_group_id,
		city,
		areas: [{ from: opened, area_id: area.area_id }],
		opened,
		closed: nth > 1 && random.chance(0.08) ? end - random.int(30, 200) : undefined,
		weight: random.between(0.7, 1.35),
		skill: random.between(0.82, 1.18),
		inviters: [],
		advisors: []
	};
}

/** About one store in twelve moves to another area; half of these into another region. */
function moveStores(
	random: Random,
	stores: readonly Store[],
	areas: readonly Area[],
	start: Day,
	end: Day,
	fixed: ReadonlySet<Store>
): void {
	const moving = random.shuffled(stores.filter((store) => !fixed.has(store) && store.closed === undefined));
	moving.slice(0, Math.max(2, Math.round(stores.length / 12))).forEach((store, index) => {
		const from = monthStart(start, random.int(8, 20));
		if (from >= end) return;
		const now = areas.find((area) => area.area_id === store.areas[0]?.area_id) as Area;
		const stays = index % 2 === 0;
		const targets = areas.filter((area) => area !== now && (area.region_id === now.region_id) === stays);
		store.areas.push({ from, area_id: random.pick(targets).area_id });
	});
}

export function isOpen(store: Store, day: Day): boolean {
	return day >= store.opened && (store.closed === undefined || day <= store.closed);
}

export function areaOf(store: Store, day: Day): string {
	return (store.areas.findLast((entry) => entry.from <= day) ?? store.areas[0])?.area_id as string;
}
