import { expect, test } from 'vitest';
import { textWidth } from './drawing.ts';
import { measure } from './measure.ts';

test('a picture’s texts are as wide as the room that is reserved for them', () => {
	for (const text of ['First attempt', '首次跟进', '−1,234.5%', ''])
		expect(measure(text, '600 12px inherit').width, text).toBe(textWidth(text));
	expect(measure('First', '24px inherit').width).toBe(textWidth('First', 24));
});
