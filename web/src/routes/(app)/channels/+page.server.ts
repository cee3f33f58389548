import { memberColour } from '#lib/charts/colours.ts';
import type { BarsSpec, SlopeSpec } from '#lib/charts/spec.ts';
import { changeOf, formatChange, formatNumber, type Locale } from '#lib/format.ts';
import { channelMessages } from '#lib/messages/channels/all.ts';
import type { ChannelFacts, Trap } from '#lib/messages/channels/types.ts';
import { messages } from '#lib/messages/all.ts';
import { paidClaims } from '#lib/server/pages/page-claims.ts';
import type { Claim } from '#lib/answer/claims.ts';
import { claimPart, sentence, type AnswerPart } from '#lib/answer/sentence.ts';
import { withParameters } from '#lib/parameters.ts';
import { cachedPage } from '#lib/server/cache.ts';
import { chart } from '#lib/server/charts.ts';
import { MODELS, channelTableRow, loadChannels, modelTableRow, type ChannelPage, type ChannelRow } from '#lib/server/pages/channels.ts';
import type { PageServerLoad } from './$types';

const BARS = 12;
const LINES = 8;
const WALK_IN = 'walk_in';
const MODEL_ROWS = 12;

export const load: PageServerLoad = async (event) => {
	const { filters, period, locale, options, currency, recorded, version } = await event.parent();
	const words = channelMessages[locale];
	const t = messages[locale];
	const shown = { filters, period, version };
	const [page, claims] = await Promise.all([
		cachedPage(event.locals, 'channels', shown, locale, (asker) => loadChannels(asker, filters, period, locale, recorded.spend)),
		recorded.spend ? cachedPage(event.locals, 'paid claims', shown, null, (asker) => paidClaims(asker, filters, period)) : []
	]);
	const { level } = page;
	// Largest first over all time, so that a channel's colour is the same on every page and for every period.
	const stable = options.channel.map((option) => option.id);
	const colourOf = (id: string | null) =>
		level === 'channel' ? memberColour('channel', id, stable) : id === null ? 0 : memberColour('campaign', id);
	const rows = page.rows
		.map((row) => ({ ...row, name: nameOf(row, level, locale), colour: colourOf(row.id) }))
		.sort((a, b) => (b.leads ?? 0) - (a.leads ?? 0));
	const changeOn = (change: string) => words.changeOn(words.compares[filters.compare], change);
	const money = (value: number | null) => formatNumber(value, 'money', locale, { currency });
	const hrefOf = (id: string | null) =>
		id === null || id.startsWith('(') ? undefined : withParameters(event.url, { [level]: id, by: null, sort: null });
	const place = filters.channel.length === 1 ? options.channel.find((option) => option.id === filters.channel[0]) : undefined;

	const costly = rows.filter((row) => (row.spend ?? 0) > 0 && row.cost_per_order !== null).sort((a, b) => (b.spend ?? 0) - (a.spend ?? 0));
	const bars = costly.slice(0, BARS).sort((a, b) => (a.cost_per_order ?? 0) - (b.cost_per_order ?? 0));
	const said = (row: ChannelRow | undefined) => (row ? `${row.name} ${money(row.cost_per_order)}` : '–');
	const costs: BarsSpec = {
		kind: 'bars',
		dimension: level,
		unit: 'money',
		label: words.costLabel(said(bars[0]), said(bars.at(-1))),
		name: words.costTitle,
		comparisonName: words.compares[filters.compare],
		rows: bars.map((row) => ({
			id: row.id ?? '',
			name: row.name,
			value: row.cost_per_order,
			...(row.before ? { previous: row.before.cost_per_order } : {}),
			href: hrefOf(row.id)
		}))
	};
	const credited = rows
		.filter((row) => MODELS.some((model) => row.credits[model]))
		.sort((a, b) => (b.credits.last_touch ?? 0) - (a.credits.last_touch ?? 0));
	// Orders without a touch, or without a campaign, are most of all: their line would only flatten the others.
	const isNobody = ({ id }: ChannelRow) => id === null || id === '(none)';
	const drawn = credited.filter((row) => row.id !== WALK_IN && !isNobody(row)).slice(0, LINES);
	const walkIns = rows.find((row) => row.id === WALK_IN)?.credits.linear;
	const totals = MODELS.map((model) => page.total.now.credits[model] ?? 0);
	// Credits are kept to a millionth, so sums of them agree to a hundredth.
	const agree = Math.max(...totals) - Math.min(...totals) < 0.01;
	const totalText = agree ? formatNumber(Math.round((totals[0] ?? 0) * 100) / 100, 'count', locale) : null;

	const claimed = (claim: Claim): AnswerPart => {
		const part = claimPart(claim, t, locale, event.url.search);
		const trap = 'exception' in claim && claim.exception.level === 'channel' ? trapOf(claim.exception.id, rows, locale, money) : null;
		return trap ? { ...part, text: words.trap(trap) } : part;
	};

	return {
		level,
		hasSpend: page.hasSpend,
		title: words.title,
		question: words.question,
		answer: sentence([words.answer(facts(page, locale, money, changeOn)), ...claims.map(claimed)], t),
		crumbs: [
			{
				name: words.everything,
				href: place || filters.campaign.length ? withParameters(event.url, { channel: null, campaign: null, by: null, sort: null }) : null
			},
			...(place
				? [
						{
							name: locale === 'en' ? place.en : place.zh,
							href: filters.campaign.length ? withParameters(event.url, { campaign: null, by: null, sort: null }) : null
						}
					]
				: []),
			...(filters.campaign.length === 1
				? [{ name: rows.find((row) => row.id === filters.campaign[0])?.name ?? filters.campaign[0] ?? '', href: null }]
				: [])
		],
		splits: (['channel', 'campaign'] as const).map((id) => ({
			id,
			name: words.by[id],
			href: withParameters(event.url, { by: id, sort: null })
		})),
		rows: rows.map((row) => ({
			...channelTableRow(row),
			id: row.id,
			name: row.name,
			note: row.isPast ? words.past : null,
			colour: row.colour,
			href: hrefOf(row.id) ?? null
		})),
		total: { ...channelTableRow({ ...page.total.now, before: page.total.before }), name: null },
		totals: { now: page.total.now, before: page.total.before },
		costs:
			bars.length > 0
				? { picture: chart(event, 'costs', costs, { width: 460, locale, currency }), shown: bars.length, all: costly.length }
				: null,
		models:
			drawn.length > 0
				? {
						picture: chart(
							event,
							'models',
							{ ...slope(drawn, words.modelsLabel(totalText), locale), height: bars.length * 32 },
							{ width: 660, locale, currency }
						),
						total: totalText,
						shown: drawn.length,
						walkIns: walkIns ? formatNumber(walkIns, 'count', locale) : null,
						hasNobody: level === 'campaign' && credited.some(isNobody),
						rows: credited.slice(0, MODEL_ROWS).map((row) => ({ id: row.id, name: row.name, colour: row.colour, ...modelTableRow(row) })),
						rest: rest(credited.slice(MODEL_ROWS), locale),
						sum: { ...modelTableRow(page.total.now), name: null, shift: null }
					}
				: null
	};
};

type Named = ChannelRow & { name: string; colour: number };

function nameOf(row: ChannelRow, level: ChannelPage['level'], locale: Locale): string {
	const words = channelMessages[locale];
	if (row.id === null || row.id === '(none)') return words.none[level];
	if (row.id === WALK_IN && (row.name === null || row.name === WALK_IN)) return words.walkIn;
	return row.name ?? row.id;
}

/** Lines of the same colour are told apart by dashes: a channel keeps its colour everywhere. */
function slope(rows: readonly Named[], label: string, locale: Locale): SlopeSpec {
	const words = channelMessages[locale];
	const lines = rows
		.slice(0, LINES)
		.map((row) => ({ id: row.id ?? '', name: row.name, values: MODELS.map((model) => row.credits[model] ?? 0), colour: row.colour }));
	const taken = new Set<number>();
	return {
		kind: 'slope',
		unit: 'count',
		label,
		steps: MODELS.map((model) => words.models[model]),
		lines: lines.map((line) => {
			const dashed = taken.has(line.colour);
			taken.add(line.colour);
			return { ...line, dashed };
		})
	};
}

function rest(rows: readonly Named[], locale: Locale) {
	if (rows.length === 0) return null;
	const sum = (model: (typeof MODELS)[number]) => rows.reduce((total, row) => total + (row.credits[model] ?? 0), 0);
	const credits = Object.fromEntries(MODELS.map((model) => [model, sum(model)])) as ChannelRow['credits'];
	return { id: 'other', name: channelMessages[locale].other(rows.length), colour: 0, ...modelTableRow({ ...(rows[0] as Named), credits }) };
}

/** What the first line says of the whole. */
function facts(
	{ total, hasSpend }: ChannelPage,
	locale: Locale,
	money: (value: number | null) => string,
	changeOn: (change: string) => string
): ChannelFacts {
	const { now, before } = total;
	const change = before ? changeOf(now.cost_per_order, before.cost_per_order, 'money') : null;
	return {
		spend: hasSpend && now.spend !== null ? money(now.spend) : null,
		leads: formatNumber(now.leads, 'count', locale),
		orders: formatNumber(now.orders_net, 'count', locale),
		costPerOrder: now.cost_per_order === null ? null : money(now.cost_per_order),
		change: change === null ? null : changeOn(formatChange(change, 'money', locale))
	};
}

/** A channel whose leads cost less, and whose valid ones more, than those of all paid channels together. */
function trapOf(id: string, rows: readonly Named[], locale: Locale, money: (value: number | null) => string): Trap | null {
	const row = rows.find((one) => one.id === id);
	// What is usual is what paid channels cost: free leads would make every paid one look dear.
	const paid = rows.filter((one) => (one.spend ?? 0) > 0);
	const per = (key: 'leads' | 'valid_leads') => ratio(sum(paid, 'spend'), sum(paid, key));
	const [cpl, cost] = [per('leads'), per('valid_leads')];
	if (!row || (row.cpl ?? Infinity) >= (cpl ?? 0) || (row.cost_per_valid_lead ?? 0) <= (cost ?? 0)) return null;
	return {
		name: row.name,
		cpl: money(row.cpl),
		validRate: formatNumber(row.valid_rate, 'percent', locale),
		cost: money(row.cost_per_valid_lead),
		usual: money(cost)
	};
}

function sum(rows: readonly ChannelRow[], key: 'spend' | 'leads' | 'valid_leads'): number {
	return rows.reduce((total, row) => total + (row[key] ?? 0), 0);
}

function ratio(value: number, of: number): number | null {
	return of > 0 ? value / of : null;
}
