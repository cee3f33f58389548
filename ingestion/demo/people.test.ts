import { describe, expect, test } from 'vitest';
import { readPhone } from './oracle/identifiers.ts';
import { buildPerson, relayPhone, shareFamilyPhone, typedPhone, uselessPhone } from './people.ts';
import { Random } from './random.ts';
import { checkDigit, vin } from './vin.ts';

const people = Array.from({ length: 5000 }, (_, index) => buildPerson(7, index));

describe('people', () => {
	test('no two have the same number of their own', () => {
		const numbers = people.flatMap((person) => [person.phone, ...(person.phone2 ? [person.phone2] : [])]);
		expect(new Set(numbers).size).toBe(numbers.length);
		for (const number of numbers) expect(readPhone(number).status).toBe('ok');
	});

	test('different people bear the same name', () => {
		expect(new Set(people.map((person) => person.name.zh)).size).toBeLessThan(people.length * 0.97);
	});

	test('a few share the phone of a relative', () => {
		const shared = people.filter((person, index) => shareFamilyPhone(7, person, people[index - 1]).phone !== person.phone);
		expect(shared.length / people.length).toBeGreaterThan(0.008);
		expect(shared.length / people.length).toBeLessThan(0.03);
	});
});

describe('phones as they are typed', () => {
	const random = new Random(7, 'typed');

	test('every way of writing is the same number', () => {
		for (let count = 0; count < 500; count += 1)
			expect(readPhone(typedPhone('13812345678', random))).toEqual({ type: 'phone', value: '13812345678', status: 'ok' });
	});

	test('useless numbers reach nobody, relay numbers belong to nobody', () => {
		for (let count = 0; count < 500; count += 1) {
			expect(readPhone(uselessPhone(random)).status).toBe('useless');
			expect(readPhone(relayPhone(random, 500)).status).toBe('relay');
		}
	});
});

describe('vehicle identification numbers', () => {
	test('have the check digit of the standard', () => {
		expect(checkDigit('1M8GDM9AXKP042788')).toBe('X');
		expect(checkDigit('5GZCZ43D13S812715')).toBe('1');
	});

	test('are valid and differ by order', () => {
		const numbers = Array.from({ length: 200 }, (_, index) => vin(7, `O${String(index).padStart(7, '0')}`, 2026));
		expect(new Set(numbers).size).toBe(200);
		for (const number of numbers) {
			expect(number).toMatch(/^[A-HJ-NPR-Z0-9]{17}$/);
			expect(number[8]).toBe(checkDigit(number));
		}
	});
});
