import { expect, test } from 'vitest';
import { memberColour } from './colours.ts';

const channels = ['(blank)', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

test('the first eight members differ, whatever a page shows of them', () => {
	expect(new Set(channels.slice(1, 9).map((id) => memberColour('channel', id, channels))).size).toBe(8);
	expect(memberColour('channel', 'i', channels)).toBe(memberColour('channel', 'a', channels));
});

test('nothing and other are grey', () => {
	expect(memberColour('channel', '(blank)', channels)).toBe(0);
	expect(memberColour('channel', null, channels)).toBe(0);
	expect(memberColour('channel', 'other')).toBe(0);
});

test('an unknown member keeps one colour', () => {
	expect(memberColour('channel', 'new')).toBe(memberColour('channel', 'new', channels));
	expect(memberColour('channel', 'new')).toBeGreaterThan(0);
});
