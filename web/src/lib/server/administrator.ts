/** For pages and actions of administrators: each asks here, because an action runs before any page is loaded. */
import { error, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '../../../../app-state/index.ts';
import type { Reader } from './scope-members.ts';
import { actorOf } from './session.ts';

/** Who administers, as the audit log and as the semantic layer know them. @throws the page of missing permission for anybody else */
export function administrator(event: Pick<RequestEvent, 'locals' | 'getClientAddress'>): Reader & { by: Actor } {
	const { claims, locale } = event.locals;
	if (claims?.role !== 'administrator') error(403, 'This is for administrators.', { reason: 'permission' });
	return { by: actorOf(event), claims, locale };
}
