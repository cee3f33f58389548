/** Answers are computed once, kept per version and scope, and only when they are good. */
import { describe, expect, test } from 'vitest';
import { PASSING, type SemanticQueryInput } from '../../../contracts/semantic.ts';
import { as, signed, type Place } from '../place.ts';

type Ask = () => Place;

interface Ready {
	cache: { hits: number; misses: number; bytes: number };
}

const executive = as('executive');

export function caching(place: Ask): void {
	const statistics = async () => (await place().get<Ready>('/readyz')).body.cache;

	describe('the cache', () => {
		test('computes one question once, also when many ask it at once or write it differently', async () => {
			const before = await statistics();
			const filter = (...values: string[]) => ({ member: 'leads.status', operator: 'equals' as const, values });
			const ways: SemanticQueryInput[] = [
				{ measures: ['leads.leads'], filters: [filter('valid', 'pending')] },
				{ filters: [filter('pending', 'valid', 'valid')], measures: ['leads.leads'], limit: 10_000, timezone: undefined },
				{
					measures: ['leads.leads'],
					dimensions: [],
					filters: [{ values: ['valid', 'pending'], operator: 'equals', member: 'leads.status' }]
				}
			];
			const answers = await Promise.all(
				Array.from({ length: 12 }, (_, index) => place().rows(ways[index % ways.length] as SemanticQueryInput, executive))
			);
			for (const answer of answers) expect(answer).toEqual(answers[0]);
			const after = await statistics();
			expect({ misses: after.misses - before.misses, hits: after.hits - before.hits }).toEqual({ misses: 1, hits: 11 });
		});

		test('is shared by those who see the same, and by nobody else', async () => {
			const query: SemanticQueryInput = { measures: ['leads.leads', 'leads.lost_leads'] };
			const before = await statistics();
			for (const who of [executive, as('analyst'), as('marketing')]) await place().rows(query, who);
			for (const who of [
				as('region_manager', 'region_id', 'a', 'b'),
				as('region_manager', 'region_id', 'b', 'a'),
				as('area_manager', 'area_id', 'a', 'b')
			])
				await place().rows(query, who);
			expect((await statistics()).misses - before.misses).toBe(3);
		});

		test('keeps no portion of a file', async () => {
			const token = await signed({ ...executive });
			const portion = { query: { measures: ['leads.leads', 'leads.valid_leads'], limit: 7 } };
			const before = await statistics();
			for (const _ of [1, 2]) await place().post('/cubejs-api/v1/load', portion, token, { 'cache-control': PASSING });
			const after = await statistics();
			expect({ misses: after.misses - before.misses, bytes: after.bytes - before.bytes }).toEqual({ misses: 2, bytes: 0 });
		});

		test('keeps no error', async () => {
			const token = await signed({ ...executive });
			const failing = {
				query: { measures: ['leads.leads'], filters: [{ member: 'leads.attempts_value', operator: 'gt', values: ['not a number'] }] }
			};
			const before = await statistics();
			for (const _ of [1, 2]) {
				const { status, body } = await place().post('/cubejs-api/v1/load', failing, token);
				expect(status).toBeGreaterThanOrEqual(400);
				expect(body.error?.split('\n')).toHaveLength(1);
			}
			expect((await statistics()).misses - before.misses).toBe(2);
		});
	});
}
