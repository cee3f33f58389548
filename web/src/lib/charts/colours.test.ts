import { expect, test } from 'vitest';
import { memberColour } from './colours.ts';

const channels = ['(blank)', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

test('the first eight members differ, the rest is grey, whatever a page shows of them', () => {
	expect(new Set(channels.slice(1, 9).map((id) => memberColour('channel', id, channels))).size).toBe(8);
	expect(memberColour('channel', 'i', channels)).toBe(0);
	expect(memberColour('channel', 'stranger', channels)).toBe(0);
});

test('nothing and other are grey', () => {
	expect(memberColour('channel', '(blank)', channels)).toBe(0);
	expect(memberColour('channel', null, channels)).toBe(0);
	expect(memberColour('channel', 'other')).toBe(0);
});

test('without a list a member keeps the colour of its id', () => {
	expect(memberColour('channel', 'new')).toBe(memberColour('channel', 'new'));
	expect(memberColour('channel', 'new')).toBeGreaterThan(0);
});
