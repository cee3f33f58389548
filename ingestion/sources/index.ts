/** Every source that onelane knows how to land, by name. */
import type { Resource } from '../core/resource.ts';
import { ads } from './ads/index.ts';
import { callcenter } from './callcenter/index.ts';
import { crm } from './crm/index.ts';
import { dms } from './dms/index.ts';
import { reference } from './reference/index.ts';
import { verticals } from './verticals/index.ts';
import { web } from './web/index.ts';

export const sources: Record<string, readonly Resource[]> = { reference, web, ads, verticals, callcenter, crm, dms };

export const resources: readonly Resource[] = Object.values(sources).flat();
