import { proxy } from '#lib/server/api.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => proxy(event, '/v1/sql');
export const POST: RequestHandler = (event) => proxy(event, '/v1/sql');
