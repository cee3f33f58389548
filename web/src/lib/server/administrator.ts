/** For pages and actions of administrators: each asks here, because an action runs before any page is loaded. */
import { error, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '../../../../app-state/index.ts';
import { actorOf } from './session.ts';

/** Who administers. @throws the page of missing permission for anybody else */
export function administrator(event: Pick<RequestEvent, 'locals' | 'getClientAddress'>): Actor {
	if (event.locals.claims?.role !== 'administrator') error(403, 'This is for administrators.', { reason: 'permission' });
	return actorOf(event);
}
