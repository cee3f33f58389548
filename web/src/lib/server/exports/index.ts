/** Tables that can be downloaded, by the name in their address: `/export/<name>?<filters>`. */
import { channels, channelsModels } from './channels.ts';
import { cockpitDays } from './cockpit.ts';
import type { Export } from './context.ts';
import { funnelLead, funnelShowroom, funnelSplit } from './funnel.ts';
import { leads, organisation } from './organisation.ts';

export const EXPORTS: Record<string, Export> = {
	channels,
	'channels-models': channelsModels,
	'cockpit-days': cockpitDays,
	'funnel-lead': funnelLead,
	'funnel-showroom': funnelShowroom,
	'funnel-split': funnelSplit,
	organisation,
	leads
};
