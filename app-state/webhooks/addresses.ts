/** Which addresses are of the public internet: all others are refused, so that a webhook reaches nothing inside. */
import ipaddr from 'ipaddr.js';

/** True for public unicast only; IPv4 inside IPv6 (mapped, NAT64, 6to4, Teredo) is refused as a whole or judged by what is inside. */
export function isPublicAddress(text: string): boolean {
	// A zone ("fe80::1%eth0") names an interface of this machine.
	if (text.includes('%') || !ipaddr.isValid(text)) return false;
	const address = ipaddr.parse(text);
	if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) return isPublic(address.toIPv4Address());
	return isPublic(address);
}

const isPublic = (address: ipaddr.IPv4 | ipaddr.IPv6) => address.range() === 'unicast';
