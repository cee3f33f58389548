import { describe, expect, test } from 'vitest';
import { groupCaptures, type OracleCapture } from './captures.ts';
import { readPhone } from './identifiers.ts';
import { pairQuality, type PersonRecord, resolveCustomers } from './identity.ts';

const HOUR = 3_600_000;
const DAYS = 24 * HOUR;

function captured(record_id: string, at: number, more: { series?: string; rejected?: boolean; reopens?: boolean } = {}): OracleCapture {
	const { series, rejected = false, reopens = false } = more;
	return { record_id, key: record_id, at, rejected, reopens, row: { series_id: series }, outcome: 'lead', lead_id: undefined };
}

function group(...captures: OracleCapture[]): string[] {
	groupCaptures(captures, new Map(captures.map((capture) => [capture.key, 'one person'])));
	return captures.map((capture) => `${capture.outcome} ${capture.lead_id ?? '-'}`);
}

describe('duplicates', () => {
	test('the window is counted from the first capture, its last moment included', () => {
		expect(
			group(captured('a', 0, { series: 'x' }), captured('b', 29 * DAYS, { series: 'x' }), captured('c', 31 * DAYS, { series: 'x' }))
		).toEqual(['lead a', 'duplicate a', 'lead c']);
		expect(group(captured('a', 0), captured('b', 30 * DAYS))).toEqual(['lead a', 'duplicate a']);
		expect(group(captured('a', 0), captured('b', 30 * DAYS + 1))).toEqual(['lead a', 'lead b']);
	});

	test('another series is another lead, an unknown one matches any', () => {
		expect(group(captured('a', 0, { series: 'x' }), captured('b', HOUR, { series: 'y' }), captured('c', 2 * HOUR))).toEqual([
			'lead a',
			'lead b',
			'duplicate a'
		]);
		expect(group(captured('a', 0), captured('b', HOUR, { series: 'x' }), captured('c', 2 * HOUR, { series: 'y' }))).toEqual([
			'lead a',
			'duplicate a',
			'duplicate a'
		]);
	});

	test('what fails validation, or reopens a lost lead, neither repeats a lead nor starts a window', () => {
		expect(group(captured('a', 0, { rejected: true }), captured('b', HOUR))).toEqual(['rejected -', 'lead b']);
		expect(group(captured('a', 0), captured('b', HOUR, { reopens: true }), captured('c', 31 * DAYS))).toEqual([
			'lead a',
			'lead b',
			'lead c'
		]);
	});

	test('the order of the files does not matter', () => {
		expect(group(captured('b', HOUR), captured('a', 0))).toEqual(['duplicate a', 'lead a']);
	});
});

describe('identity', () => {
	const ok = (type: string, value: string) => ({ type, value, status: 'ok' as const });
	const record = (key: string, name: string | undefined, ...identifiers: PersonRecord['identifiers']): PersonRecord => ({
		key,
		name,
		identifiers
	});
	const same = (records: PersonRecord[], a: string, b: string): boolean => {
		const { customers } = resolveCustomers(records);
		return customers.get(a) === customers.get(b);
	};

	test('identifiers connect through each other, names never do', () => {
		const records = [
			record('1', '王伟', ok('phone', 'p1')),
			record('2', '王伟', ok('phone', 'p1'), ok('device_id', 'd1')),
			record('3', '李娜', ok('device_id', 'd1')),
			record('4', '王伟', ok('phone', 'p2'))
		];
		expect(same(records, '1', '3')).toBe(true);
		expect(same(records, '1', '4')).toBe(false);
	});

	test('relay and useless numbers connect nobody', () => {
		for (const status of ['relay', 'useless'] as const) {
			expect(
				same([record('1', 'a', { type: 'phone', value: 'p', status }), record('2', 'b', { type: 'phone', value: 'p', status })], '1', '2')
			).toBe(false);
		}
	});

	test('nobody is recognised by a relay number, by references to records, or by nothing', () => {
		const { customers, recognisable } = resolveCustomers([
			record('known', 'a', ok('phone', 'p')),
			record('relay', 'b', { type: 'phone', value: 'r', status: 'relay' }, ok('lead_record', 'l')),
			record('blank', 'c')
		]);
		expect(['known', 'relay', 'blank'].map((key) => recognisable.has(customers.get(key) ?? ''))).toEqual([true, false, false]);
	});

	test('a tablet that many people touched connects nobody', () => {
		const tablet = ['p1', 'p2', 'p3'].map((phone) => record(phone, phone, ok('phone', phone), ok('device_id', 'tablet')));
		expect(same(tablet, 'p1', 'p2')).toBe(false);
		expect(same(tablet.slice(0, 2), 'p1', 'p2')).toBe(true);
	});

	test('a customer with too many phones loses its weak links', () => {
		const phones = ['p1', 'p2', 'p3', 'p4', 'p5'];
		const chain = phones
			.slice(1)
			.map((phone, index) => record(`link ${phone}`, undefined, ok('device_id', `d${index}`), ok('phone', phone)));
		const heads = phones
			.slice(0, -1)
			.map((phone, index) => record(`head ${phone}`, undefined, ok('device_id', `d${index}`), ok('phone', phone)));
		expect(same([...chain, ...heads], 'head p1', 'link p5')).toBe(false);
		expect(same([...chain.slice(1), ...heads.slice(1)], 'head p2', 'link p5')).toBe(true);
	});

	test('pairs are compared with the truth', () => {
		const truth = new Map([
			['1', 'A'],
			['2', 'A'],
			['3', 'B']
		]);
		expect(
			pairQuality(
				new Map([
					['1', 'x'],
					['2', 'x'],
					['3', 'x']
				]),
				truth
			)
		).toEqual({ precision: 1 / 3, recall: 1 });
		expect(
			pairQuality(
				new Map([
					['1', 'x'],
					['2', 'y'],
					['3', 'z']
				]),
				truth
			)
		).toEqual({ precision: null, recall: 0 });
	});
});

test('phones', () => {
	expect(readPhone('+86 138-1234-5678')).toEqual({ type: 'phone', value: '13812345678', status: 'ok' });
	expect(readPhone('17010001111-1234').status).toBe('relay');
	expect(readPhone('17010001111').status).toBe('ok');
	for (const text of ['13800138000', '13888888888', '1381234567', '无', '23812345678']) expect(readPhone(text).status).toBe('useless');
});
