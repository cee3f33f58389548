import { channels } from './channels.ts';
import { customers } from './customers.ts';
import { funnel } from './funnel.ts';
import { holidays } from './holidays.ts';
import { leads } from './leads.ts';
import { orders } from './orders.ts';
import { targets } from './targets.ts';

export const oracles = [leads, funnel, orders, customers, channels, targets, holidays];
export { quality } from './quality.ts';
export type { Oracle } from './oracle.ts';
