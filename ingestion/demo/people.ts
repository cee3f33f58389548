/** The people: who they are, how they can be reached, and how they type it. */
import { products, series } from './catalogue.ts';
import { type City, cities } from './geography.ts';
import { type PersonName, personName, typedName } from './names.ts';
import { Random, Weighted } from './random.ts';

export type Grade = 'H' | 'A' | 'B' | 'C';

/** lead: leaves leads; walk_in and referral: come to a showroom without one; browser: is only seen on the site. */
export type PersonKind = 'lead' | 'walk_in' | 'referral' | 'browser';

export interface Person {
	index: number;
	person_id: string;
	kind: PersonKind;
	name: PersonName;
	/** The way this person usually writes the name; undefined: leaves it out. */
	typed: string | undefined;
	phone: string;
	/** A second number of one's own. */
	phone2: string | undefined;
	unionid: string | undefined;
	/** Openids of the official account and of the mini-program, present with the unionid. */
	openids: readonly string[];
	device: string;
	cookies: readonly string[];
	email: string | undefined;
	wecom: string;
	city: City;
	series: string;
	product: string;
	grade: Grade;
}

const PREFIXES =
	'130 131 132 133 134 135 136 137 138 139 150 151 152 153 155 156 157 158 159 166 167 170 171 173 175 176 177 178 180 181 182 183 185 186 187 188 189 191 193 195 198 199'.split(
		' '
	);
const MAILS = ['qq.com', '163.com', '126.com', 'outlook.com', 'foxmail.com'];
const EIGHT_DIGITS = 100_000_000;

const cityTable = new Weighted(cities, (city) => city.weight);
const seriesTable = new Weighted(series, (line) => line.weight);
const GRADES: readonly (readonly [Grade, number])[] = [
	['H', 8],
	['A', 17],
	['B', 35],
	['C', 40]
];

/** A number that no other person has: the last eight digits are a bijection of the number given. */
function phoneOf(seed: number, slot: number, random: Random): string {
	const tail = (slot * 48_271 + ((seed * 7_919) % EIGHT_DIGITS) + 20_011_009) % EIGHT_DIGITS;
	return random.pick(PREFIXES) + String(tail).padStart(8, '0');
}

function kindOf(random: Random): PersonKind {
	const draw = random.next();
	if (draw < 0.8) return 'lead';
	if (draw < 0.875) return 'walk_in';
	return draw < 0.89 ? 'referral' : 'browser';
}

export function buildPerson(seed: number, index: number): Person {
	const random = new Random(seed, 'person', index);
	const kind = kindOf(random);
	const name = personName(random);
	const wechat = random.chance(0.55);
	const line = seriesTable.draw(random);
	const email = random.chance(0.06);
	return {
		index,
		person_id: `P${String(index + 1).padStart(7, '0')}`,
		kind,
		name,
		typed: typedName(name, random),
		phone: phoneOf(seed, 2 * index, random),
		phone2: random.chance(0.07) ? phoneOf(seed, 2 * index + 1, random) : undefined,
		unionid: wechat ? `o6_${random.hex(22)}` : undefined,
		openids: wechat ? [`oa:o${random.hex(24)}`, `mp:o${random.hex(24)}`] : [],
		device: `${random.chance(0.45) ? 'idfv' : 'oaid'}-${random.hex(16)}`,
		cookies: Array.from({ length: random.weighted([1, 2, 3], (count) => [70, 22, 8][count - 1] as number) }, () => `ck${random.hex(18)}`),
		email: email ? `${name.surname.en.toLowerCase().replace('ü', 'v')}${random.digits(5)}@${random.pick(MAILS)}` : undefined,
		wecom: `wm${random.hex(20)}`,
		city: cityTable.draw(random),
		series: line.id,
		product: random.weighted(
			products.filter((product) => product.series_id === line.id),
			(product) => product.weight
		).product_id,
		grade: random.weighted(GRADES, (entry) => entry[1])[0]
	};
}

/** About one person in sixty uses the phone of a relative, who is the person before: one number, two names. */
export function shareFamilyPhone(seed: number, person: Person, before: Person | undefined): Person {
	if (!before || !new Random(seed, 'family', person.index).chance(0.016)) return person;
	return { ...person, phone: before.phone, city: before.city };
}

/** The ways in which people and systems write one and the same number. */
export function typedPhone(phone: string, random: Random): string {
	const draw = random.next();
	if (draw < 0.86) return phone;
	const [a, b, c] = [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)];
	if (draw < 0.89) return `${a} ${b} ${c}`;
	if (draw < 0.92) return `${a}-${b}-${c}`;
	if (draw < 0.96) return `+86${phone}`;
	if (draw < 0.975) return `+86 ${a} ${b} ${c}`;
	if (draw < 0.985) return `0086${phone}`;
	return draw < 0.993 ? `86${phone}` : ` ${phone} `;
}

const PLACEHOLDERS = ['13800138000', '13888888888', '18888888888', '13000000000', '12345678901', '11111111111', '13999999999'];

/** A number that reaches nobody: a placeholder, one digit too few or too many, or words. */
export function uselessPhone(random: Random): string {
	const draw = random.next();
	if (draw < 0.4) return random.pick(PLACEHOLDERS);
	if (draw < 0.7) return `1${random.int(3, 9)}${random.digits(8)}`;
	if (draw < 0.85) return `1${random.int(3, 9)}${random.digits(10)}`;
	if (draw < 0.95) return `2${random.digits(10)}`;
	return random.pick(['无', '电话联系', '000', 'n/a']);
}

/** Numbers that a portal lends for a few days, and lends again to somebody else: the main number with an extension. */
export function relayPhone(random: Random, pool: number): string {
	return `170${String(10_000_000 + random.int(1, 9) * 1_111).slice(0, 8)}-${String(1000 + random.int(0, pool - 1))}`;
}
