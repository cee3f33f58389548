/** The published rules of identifiers, read again: which value is one and the same, and which can point at a person. */

export interface Identifier {
	type: string;
	value: string;
	/** relay: reaches somebody, belongs to nobody. useless: reaches nobody. */
	status: 'ok' | 'relay' | 'useless';
}

const FAKES = new Set(['13800138000', '12345678901', '12345678910']);

export function readPhone(text: string): Identifier {
	const clean = text.replace(/[\s()（）]/g, '').replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
	const extended = /^(?:\+86|0086|86)?(1\d{10})-(\d{1,6})$/.exec(clean);
	if (extended) return { type: 'phone', value: `${extended[1]}x${extended[2]}`, status: 'relay' };
	const digits = clean.replaceAll('-', '');
	const national = /^(?:\+86|0086|86)?(\d{11})$/.exec(digits)?.[1];
	if (!national || !/^1[3-9]/.test(national)) return { type: 'phone', value: digits, status: 'useless' };
	if (FAKES.has(national) || new Set(national.slice(3)).size === 1) return { type: 'phone', value: national, status: 'useless' };
	return { type: 'phone', value: national, status: 'ok' };
}

export function readIdentifier(type: string, text: string): Identifier {
	if (type === 'phone') return readPhone(text);
	const value = type === 'email' || type === 'device_id' ? text.toLowerCase() : text;
	return { type, value, status: 'ok' };
}

/** Fan-out cap: more persons than that on one identifier, and it merges nobody. See seeds/identifier_limits.csv. */
export const FAN_OUT: Record<string, number> = {
	phone: 4,
	email: 4,
	unionid: 4,
	openid: 4,
	wecom_external_userid: 4,
	device_id: 2,
	anonymous_id: 2
};
/** More of these in one customer contradict each other; then the weak identifiers of the customer stop merging. */
export const PER_CUSTOMER: Record<string, number> = { phone: 4, unionid: 3, wecom_external_userid: 3 };
export const WEAK: ReadonlySet<string> = new Set(['email', 'device_id', 'anonymous_id']);
/** Types by which a capture can reach the person again. */
export const REACHING: ReadonlySet<string> = new Set(['phone', 'email', 'openid', 'unionid', 'wecom_external_userid']);
