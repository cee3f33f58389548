import { error, json } from '@sveltejs/kit';
import { scopeDimension } from '../../../../../../../contracts/claims.ts';
import { administrator } from '#lib/server/administrator.ts';
import { onlyParameters } from '#lib/server/form.ts';
import { findScopeMembers } from '#lib/server/scope-members.ts';
import type { RequestHandler } from './$types';

const LONGEST = 80;

/** Members of one kind, `?kind=store_id`, whose name or id has the words `q`; what a scope can name. */
export const GET: RequestHandler = async (event) => {
	const reader = administrator(event);
	onlyParameters(event.url, ['kind', 'q']);
	const { searchParams } = event.url;
	const kind = scopeDimension.safeParse(searchParams.get('kind'));
	if (!kind.success) error(400, `The parameter "kind" is one of ${scopeDimension.options.join(', ')}.`);
	return json(await findScopeMembers(reader, kind.data, (searchParams.get('q') ?? '').trim().slice(0, LONGEST)));
};
