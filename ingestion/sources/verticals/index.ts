/** Verticals: car portals that sell leads, with the price they ask. */
import { z } from 'zod';
import { decimal, text } from '../../core/fields.ts';
import { defineResource } from '../../core/resource.ts';
import { deleted, leadCapture, updatedAt } from '../shared-fields.ts';

export const leads = defineResource('verticals', 'leads', {
	description: 'Leads delivered by a portal. One row per portal lead.',
	primaryKey: ['portal_lead_id'],
	cursor: 'updated_at',
	writeDisposition: 'merge',
	tombstone: 'deleted',
	schema: z.object({
		portal_lead_id: text('Id at the portal.'),
		portal: text('Portal that sold it.'),
		...leadCapture,
		price: decimal('Price of the lead.').optional(),
		updated_at: updatedAt,
		deleted
	})
});

export const verticals = [leads];
