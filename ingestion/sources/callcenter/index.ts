/** Call centre of headquarters: human and machine calls that cleanse leads before they go to a store. */
import { z } from 'zod';
import { boolean, identifier, integer, oneOf, text, timestamp } from '../../core/fields.ts';
import { defineResource } from '../../core/resource.ts';
import { deleted, leadReference, updatedAt } from '../shared-fields.ts';

export const calls = defineResource('callcenter', 'calls', {
	description: 'Calls of the call centre. One row per call.',
	primaryKey: ['call_id'],
	cursor: 'updated_at',
	writeDisposition: 'merge',
	tombstone: 'deleted',
	schema: z.object({
		call_id: text('Id of the call.'),
		...leadReference,
		phone: identifier('phone', 'Number of the other side.').optional(),
		direction: oneOf(['outbound', 'inbound'], 'Who called.'),
		made_by: oneOf(['person', 'machine'], 'A human agent or an automatic one.'),
		agent_id: text('Agent who called.').optional(),
		started_at: timestamp('Start of the attempt.'),
		connected: boolean('Somebody answered.'),
		effective: boolean('A conversation that moved the lead.'),
		seconds: integer('Length of the talk.'),
		updated_at: updatedAt,
		deleted
	})
});

export const callcenter = [calls];
