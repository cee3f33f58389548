/** A pointer such as a publication writes, for tests of those who read it. */
import type { FilePointer } from '../contracts/pointer.ts';

export const pointerOf = (version: string, changes: Partial<FilePointer> = {}): FilePointer => ({
	version,
	file: `versions/${version}.duckdb`,
	built_at: '2026-01-01T00:00:00.000Z',
	timezone: 'Asia/Shanghai',
	currency: 'CNY',
	brand: { name_zh: '甲', name_en: 'A' },
	default_period: 'latest_month',
	previous: [],
	freshness: [],
	...changes
});
