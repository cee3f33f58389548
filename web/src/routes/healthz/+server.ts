import type { RequestHandler } from './$types';

/** Alive: the process answers. */
export const GET: RequestHandler = () => Response.json({ status: 'ok' });
