import { expect, test } from 'vitest';
import { networkOf } from './network.ts';

test.each([
	['192.0.2.7', '192.0.2.7'],
	['::ffff:192.0.2.7', '192.0.2.7'],
	['2001:db8:1:2::7', '2001:db8:1:2::/64'],
	['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
	['2001:db8:1:3::7', '2001:db8:1:3::/64'],
	['command line', 'command line']
])('%s is of %s', (address, network) => expect(networkOf(address)).toBe(network));
