import { expect, test } from 'vitest';
import { isPublicAddress } from './addresses.ts';
import { checkDestination, sendWebhook, WebhookError } from './guard.ts';

const allowed = ['hooks.example.com', '.qyapi.example'];
const at =
	(...addresses: string[]) =>
	() =>
		Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

test.each([
	'0.0.0.0',
	'0.1.2.3',
	'10.0.0.1',
	'100.64.0.1',
	'127.0.0.1',
	'127.255.255.254',
	'169.254.169.254',
	'172.16.0.1',
	'172.31.255.255',
	'192.0.0.1',
	'192.0.2.1',
	'192.168.1.1',
	'198.18.0.1',
	'198.51.100.1',
	'203.0.113.1',
	'224.0.0.1',
	'240.0.0.1',
	'255.255.255.255',
	'::',
	'::1',
	'fe80::1',
	'fe80::1%eth0',
	'2606:4700::1%lo',
	'fc00::1',
	'fd00:ec2::254',
	'ff02::1',
	'::ffff:127.0.0.1',
	'::ffff:10.0.0.1',
	'::ffff:a9fe:a9fe',
	'64:ff9b::7f00:1',
	'64:ff9b::a00:1',
	'2002:7f00:1::',
	'2002:a00:1::',
	'2001:0:7f00:1::',
	'2001:db8::1',
	'::127.0.0.1',
	'localhost',
	'',
	'x'
])('%s is not of the public internet', (address) => expect(isPublicAddress(address)).toBe(false));

test.each(['1.1.1.1', '93.184.215.14', '223.5.5.5', '2606:4700::1111', '::ffff:1.1.1.1'])('%s is', (address) =>
	expect(isPublicAddress(address)).toBe(true)
);

test.each([
	['http', 'http://hooks.example.com/'],
	['a file', 'file:///etc/passwd'],
	['no address', 'hooks.example.com'],
	['another port', 'https://hooks.example.com:8443/'],
	['a user', 'https://user:pass@hooks.example.com/'],
	['an allowed name as the user', 'https://hooks.example.com@evil.example/'],
	['another host', 'https://evil.example/'],
	['a name that ends alike', 'https://evilhooks.example.com/'],
	['a name that begins alike', 'https://hooks.example.com.evil.example/'],
	['the bare end of a rule', 'https://qyapi.example/'],
	['IPv4', 'https://1.1.1.1/'],
	['IPv4 in one number', 'https://2130706433/'],
	['IPv4 in octal', 'https://0177.0.0.1/'],
	['IPv4 in hexadecimal', 'https://0x7f.1/'],
	['IPv6', 'https://[::1]/'],
	['IPv4 in IPv6', 'https://[::ffff:127.0.0.1]/'],
	['a zone', 'https://[fe80::1%25eth0]/'],
	['localhost', 'https://localhost/']
])('%s is refused before anybody is asked for an address', async (_what, address) => {
	let asked = 0;
	const resolve = () => ((asked += 1), Promise.resolve([]));
	await expect(checkDestination(address, [...allowed, '1.1.1.1', '127.0.0.1', '[::1]'], resolve)).rejects.toThrow(WebhookError);
	expect(asked).toBe(0);
});

test('an allowed name is refused when any of its addresses is inside, or when it has none', async () => {
	const to = 'https://hooks.example.com/x';
	for (const inside of ['127.0.0.1', '169.254.169.254', '::1', '::ffff:10.0.0.1', 'fd00::1'])
		await expect(checkDestination(to, allowed, at('1.1.1.1', inside)), inside).rejects.toThrow(/not of the public internet/);
	await expect(checkDestination(to, allowed, at())).rejects.toThrow(/no address/);
	await expect(checkDestination(to, allowed, () => Promise.reject(new Error('ENOTFOUND')))).rejects.toThrow(/no address/);
});

test('an allowed name that is public is pinned to the address that was checked', async () => {
	for (const to of ['https://hooks.example.com/x', 'https://HOOKS.example.com./x', 'https://a.qyapi.example/x'])
		expect((await checkDestination(to, allowed, at('1.1.1.1', '2606:4700::1111'))).address).toEqual({ address: '1.1.1.1', family: 4 });
});

test('too much is not sent', async () => {
	await expect(sendWebhook('https://hooks.example.com/', 'x'.repeat(300_000), { allowed, resolve: at('1.1.1.1') })).rejects.toThrow(
		/at most 256 kB/
	);
});
