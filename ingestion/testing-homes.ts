/** Homes that a test file makes as it goes, and that are gone after each test. */
import { afterEach, expect } from 'vitest';
import type { ResourceReport } from './index.ts';
import { TestHome } from './testing.ts';

const homes: TestHome[] = [];
export function home(...parameters: ConstructorParameters<typeof TestHome>): TestHome {
	const made = new TestHome(...parameters);
	homes.push(made);
	return made;
}
afterEach(() => homes.splice(0).forEach((made) => made.dispose()));

/** However many rows are bad, the others are landed. */
export const TOLERANT = { quarantine: { threshold: 1 } };

export function expectIdentity(report: ResourceReport): void {
	expect(report.rows_landed + report.rows_duplicate + report.rows_quarantined).toBe(report.rows_read);
	expect(report.rows_changed).toBeLessThanOrEqual(report.rows_landed);
}
