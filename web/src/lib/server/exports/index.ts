/** Tables that can be downloaded, by the name in their address: `/export/<name>?<filters>`. */
import { cockpitDays } from './cockpit.ts';
import type { Export } from './context.ts';
import { funnelLead, funnelShowroom, funnelSplit } from './funnel.ts';

export const EXPORTS: Record<string, Export> = {
	'cockpit-days': cockpitDays,
	'funnel-lead': funnelLead,
	'funnel-showroom': funnelShowroom,
	'funnel-split': funnelSplit
};
