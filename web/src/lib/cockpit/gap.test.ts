import { expect, test } from 'vitest';
import { en } from '../messages/cockpit/en.ts';
import { gapText } from './gap.ts';

test('what is missing is rounded up, what is above the target down, and a target just reached is said to be', () => {
	const said = (gap: number) => gapText(gap, en.cockpit, 'en');
	expect(said(1.2)).toBe(en.cockpit.gapCars('2'));
	expect(said(-2.7)).toBe(en.cockpit.aheadCars('2'));
	expect([said(0), said(-0.4)]).toEqual([en.cockpit.reached, en.cockpit.reached]);
});
