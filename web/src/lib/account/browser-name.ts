/** "Chrome · Windows" from a browser's description of itself; what is not known stays as it is, cut short. */
const BROWSERS: [RegExp, string][] = [
	[/\bEdg\//, 'Edge'],
	[/MicroMessenger\//, 'WeChat'],
	[/\bFirefox\//, 'Firefox'],
	[/\b(Chrome|CriOS)\//, 'Chrome'],
	[/\bSafari\//, 'Safari']
];
const SYSTEMS: [RegExp, string][] = [
	[/Android/, 'Android'],
	[/iPhone|iPad/, 'iOS'],
	[/Windows/, 'Windows'],
	[/Mac OS X/, 'macOS'],
	[/Linux/, 'Linux']
];

export function browserName(agent: string): string {
	const find = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1];
	return [find(BROWSERS), find(SYSTEMS)].filter(Boolean).join(' · ') || agent.slice(0, 40) || '–';
}
