/** Where a request comes from, as limits count it. */
import ipaddr from 'ipaddr.js';

/** The address; of version 6 its network, "2001:db8:1:2::/64", for who has one address there has all 2^64. Anything else stays as it is. */
export function networkOf(address: string): string {
	if (!ipaddr.isValid(address)) return address;
	const parsed = ipaddr.process(address);
	if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
	const network = parsed.parts.slice(0, 4).map((part) => part.toString(16));
	return `${network.join(':')}::/64`;
}
