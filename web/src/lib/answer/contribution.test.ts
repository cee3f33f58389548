import { expect, test } from 'vitest';
import { decompose, wholeParts, wholeTable, type Decomposition, type Parts, type Segment } from './contribution.ts';

const segment = (id: string, base: [number, number], result: [number, number]): Segment => ({ id, zh: id, en: id, base, result });

function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
		return state / 4_294_967_296;
	};
}

/** Worlds of any shape: empty segments, empty spans, results without a base, segments that come and go. */
function world(seed: number): Segment[] {
	const next = random(seed);
	const whole = (most: number) => Math.floor(next() * most);
	const gone = whole(8);
	return Array.from({ length: whole(9) }, (_, index) => {
		const base = [0, 1].map((side) => (gone === side || next() < 0.2 ? 0 : whole(400))) as [number, number];
		const result = base.map((count) => (count === 0 ? (next() < 0.3 ? whole(20) : 0) : whole(count + 5))) as [number, number];
		return segment(String(index), base, result);
	});
}

const sumOf = ({ volume, mix, rate, direct }: Parts) => volume + mix + rate + direct;

test('the parts add up to the change, of the whole and of each segment, in 2,000 worlds', () => {
	for (let seed = 1; seed <= 2000; seed += 1) {
		const segments = world(seed);
		const whole = decompose(segments);
		const results = (side: 0 | 1) => segments.reduce((sum, { result }) => sum + result[side], 0);
		expect(whole.change).toBe(results(1) - results(0));
		expect(sumOf(whole)).toBeCloseTo(whole.change, 8);
		for (const one of whole.segments) expect(sumOf(one)).toBeCloseTo(one.change, 8);
		for (const part of ['change', 'volume', 'mix', 'rate', 'direct'] as const)
			expect(whole.segments.reduce((sum, one) => sum + one[part], 0)).toBeCloseTo(whole[part], 8);
	}
});

test('looking back from the other span turns every sign and nothing else, in 500 worlds', () => {
	const turned = ({ id, base, result }: Segment) => segment(id, [base[1], base[0]], [result[1], result[0]]);
	for (let seed = 1; seed <= 500; seed += 1) {
		const segments = world(seed);
		const [forth, back] = [decompose(segments), decompose(segments.map(turned))];
		for (const part of ['volume', 'mix', 'rate', 'direct'] as const) expect(back[part]).toBeCloseTo(-forth[part], 8);
	}
});

const parts = ({ volume, mix, rate, direct }: Decomposition) => ({ volume, mix, rate, direct });

test('twice as much of the same is volume', () => {
	expect(parts(decompose([segment('a', [100, 200], [10, 20]), segment('b', [50, 100], [20, 40])]))).toEqual({
		volume: 30,
		mix: 0,
		rate: 0,
		direct: 0
	});
});

test('the same rates and another mix is mix', () => {
	const { volume, mix, rate } = decompose([segment('poor', [100, 150], [10, 15]), segment('rich', [100, 50], [50, 25])]);
	expect({ volume, rate }).toEqual({ volume: 0, rate: 0 });
	expect(mix).toBeCloseTo(-20);
});

test('less that comes of the same is rate, and named where it happened', () => {
	const { rate, mix, volume, segments } = decompose([segment('east', [100, 100], [40, 40]), segment('southwest', [100, 100], [40, 20])]);
	expect({ volume, mix, rate }).toEqual({ volume: 0, mix: 0, rate: -20 });
	expect(segments[1]).toMatchObject({ rate: -20, change: -20 });
	expect(segments[0]).toMatchObject({ rate: 0, change: 0 });
});

test('a segment that was not there before is volume and mix, not a better rate', () => {
	const { segments } = decompose([segment('old', [100, 100], [10, 10]), segment('new', [0, 50], [0, 10])]);
	expect(segments[1]?.rate).toBe(0);
});

test('parts are rounded to whole cars that still add up', () => {
	expect(wholeParts([1.4, 1.4, 1.4, -0.2])).toEqual([2, 1, 1, 0]);
	expect(wholeParts([-10.5, 3.25, 7.25])).toEqual([-10, 3, 7]);
	for (let seed = 1; seed <= 200; seed += 1) {
		const next = random(seed);
		const values = Array.from({ length: 7 }, () => next() * 40 - 20);
		const whole = wholeParts(values);
		expect(whole.reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.round(values.reduce((sum, value) => sum + value, 0)));
		whole.forEach((value, index) => expect(Math.abs(value - (values[index] ?? 0))).toBeLessThan(1));
	}
});

test('a table of parts is rounded so that rows and columns add up, in 500 tables', () => {
	for (let seed = 1; seed <= 500; seed += 1) {
		const next = random(seed);
		// Rows as they come from a decomposition: parts of whole changes.
		const rows = Array.from({ length: 1 + Math.floor(next() * 9) }, () => {
			const parts = [next() * 30 - 15, next() * 30 - 15, next() * 6 - 3];
			const change = Math.round(next() * 20 - 10);
			return [...parts, change - parts.reduce((sum, part) => sum + part, 0)];
		});
		const whole = wholeTable(rows);
		rows.forEach((row, index) => {
			const total = row.reduce((sum, value) => sum + value, 0);
			expect(whole[index]?.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 6);
			row.forEach((value, column) => expect(Math.abs((whole[index]?.[column] ?? 0) - value)).toBeLessThan(1));
		});
		for (let column = 0; column < 4; column += 1) {
			const [exact, found] = [rows, whole].map((table) => table.reduce((sum, row) => sum + (row[column] ?? 0), 0)) as [number, number];
			expect(Math.abs(found - exact)).toBeLessThan(1);
		}
	}
});
