/** Finds members and metrics by name, under the reader's own policy. */
import type { Claims } from '../../../../contracts/claims.ts';
import type { MetaResult } from '../../../../contracts/semantic.ts';
import type { Found } from '#lib/find.ts';
import type { Locale } from '#lib/format.ts';
import { cached } from './cache.ts';
import { menuDays } from './context.ts';
import { askShared, forward, text, type Query } from './semantic.ts';

const EACH = 6;
/** Views whose figures the pages show, and the question of each that a metric's proof stands on. */
const VIEWS = ['leads', 'funnel', 'orders', 'channels', 'targets'];

const KINDS = ['region', 'store', 'advisor', 'inviter', 'channel'] as const;

export async function findByName(wanted: string, claims: Claims, version: string, locale: Locale): Promise<Found[]> {
	const timeDimensions = await menuDays(claims, version);
	const question = (kind: (typeof KINDS)[number]): Query => {
		const [zh, en] = [`leads.${kind}_name_zh`, `leads.${kind}_name_en`];
		return {
			dimensions: [
				`leads.${kind}_id`,
				zh,
				en,
				...(kind === 'advisor' || kind === 'inviter' ? ['leads.store_name_zh', 'leads.store_name_en'] : [])
			],
			timeDimensions,
			filters: [{ or: [zh, en].map((member) => ({ member, operator: 'contains' as const, values: [wanted] })) }],
			limit: EACH
		};
	};
	const [answers, metrics] = await Promise.all([
		askShared(claims, Object.fromEntries(KINDS.map((kind) => [kind, question(kind)]))),
		metricsOf(claims, version, locale)
	]);
	const members = KINDS.flatMap((kind) =>
		(answers[kind]?.[0] ?? []).flatMap((row): Found[] => {
			const id = text(row, `leads.${kind}_id`);
			const name = (prefix: string) => {
				const zh = text(row, `leads.${prefix}_name_zh`);
				return locale === 'en' ? (text(row, `leads.${prefix}_name_en`) ?? zh) : zh;
			};
			const note = kind === 'advisor' || kind === 'inviter' ? name('store') : null;
			return id === null ? [] : [{ kind, id, name: name(kind) ?? id, ...(note ? { note } : {}) }];
		})
	);
	// A person who changed stores comes once a store: the first is enough to go there.
	const once = members.filter((each, index) => members.findIndex((other) => other.kind === each.kind && other.id === each.id) === index);
	const needle = wanted.toLowerCase();
	return [...once, ...metrics.filter(({ name }) => name.toLowerCase().includes(needle)).slice(0, EACH)];
}

function metricsOf(claims: Claims, version: string, locale: Locale): Promise<Found[]> {
	return cached(version, claims, `metrics ${locale}`, async () => {
		const { cubes } = (await (await forward(claims, '/v1/meta', { method: 'GET' })).json()) as MetaResult;
		return cubes
			.filter((view) => VIEWS.includes(view.name))
			.flatMap((view) =>
				view.measures.map((measure): Found => ({
					kind: 'metric',
					id: `metric.${view.name}:${measure.name}`,
					name: locale === 'zh-CN' ? (measure.meta?.title_zh ?? measure.shortTitle) : measure.shortTitle,
					note: measure.name
				}))
			);
	});
}
