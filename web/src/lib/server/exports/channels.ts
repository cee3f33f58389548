import { channelMessages } from '#lib/messages/channels/all.ts';
import type { ChannelColumn } from '#lib/messages/channels/types.ts';
import { MODELS, channelTableRow, loadChannels, modelTableRow } from '../pages/channels.ts';
import type { Export, ExportContext } from './context.ts';

const WITH_SPEND: readonly ChannelColumn[] = [
	'spend',
	'impressions',
	'leads',
	'valid_rate',
	'cpl',
	'cost_per_valid_lead',
	'known_customer_share',
	'duplicate_rate',
	'test_drives',
	'cost_per_test_drive',
	'orders_net',
	'cost_per_order',
	'cost_per_order_change',
	'roas'
];
const WITHOUT_SPEND: readonly ChannelColumn[] = [
	'leads',
	'leads_change',
	'valid_rate',
	'visits',
	'order_rate',
	'known_customer_share',
	'test_drives',
	'orders_net'
];

async function load({ locals, filters, period, locale, recorded }: ExportContext) {
	const words = channelMessages[locale];
	const page = await loadChannels(locals, filters, period, locale, recorded.spend);
	const head = [
		{ key: 'id', title: 'id' },
		{ key: 'name', title: words.by[page.level] }
	];
	const named = page.rows.map((row) => ({ row, id: row.id, name: row.name ?? words.none[page.level] }));
	return { words, page, head, named, suffix: `${words.by[page.level]}-${period.from}-${period.to}` };
}

/** From spend to order; money and rates as exact as they are kept. */
export const channels: Export = async (context) => {
	const { words, page, head, named, suffix } = await load(context);
	const keys = page.hasSpend ? WITH_SPEND : WITHOUT_SPEND;
	return {
		name: `onelane-${suffix}`,
		columns: [...head, ...keys.map((key) => ({ key, title: words.columns[key] }))],
		rows: named.map(({ row, id, name }) => ({ ...channelTableRow(row), id, name }))
	};
};

/** Credited net orders under each model, of every channel. */
export const channelsModels: Export = async (context) => {
	const { words, head, named, suffix } = await load(context);
	return {
		name: `onelane-${words.modelsTitle}-${suffix}`,
		columns: [
			...head,
			...MODELS.map((model) => ({ key: model, title: words.models[model] })),
			{ key: 'shift', title: words.columns.shift }
		],
		rows: named.map(({ row, id, name }) => ({ ...modelTableRow(row), id, name }))
	};
};
