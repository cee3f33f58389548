import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hmacSha256 } from './hmac.ts';

describe('hmacSha256', () => {
	test('gives the known answers of RFC 4231', () => {
		expect(hmacSha256('Jefe')('what do ya want for nothing?')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
		expect(hmacSha256('\x0b'.repeat(20))('Hi There')).toBe('b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7');
	});

	test('agrees with createHmac for short and long keys and texts', () => {
		for (const key of ['k', 'k'.repeat(64), 'k'.repeat(65), '密钥'.repeat(40)]) {
			const hmac = hmacSha256(key);
			for (const text of ['', 'phone:+8613912345678', 'person_name:王小明', 'x'.repeat(5000), 'after a long one']) {
				expect(hmac(text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
			}
		}
	});

	test('agrees with openssl', ({ skip }) => {
		let answer: string;
		try {
			answer = execFileSync('openssl', ['dgst', '-sha256', '-hmac', 'some key'], {
				input: 'phone:+8613912345678',
				encoding: 'utf8',
				stdio: 'pipe'
			});
		} catch {
			return skip('openssl is not installed');
		}
		expect(answer.trim().endsWith(hmacSha256('some key')('phone:+8613912345678'))).toBe(true);
	});
});
