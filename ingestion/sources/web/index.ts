/** Web: the official site. What visitors do there, and the forms they send. */
import { z } from 'zod';
import { identifier, oneOf, text, timestamp } from '../../core/fields.ts';
import { defineResource } from '../../core/resource.ts';
import { deleted, leadCapture, updatedAt } from '../shared-fields.ts';

const visitor = {
	anonymous_id: identifier('anonymous_id', 'Cookie of the browser.').optional(),
	device_id: identifier('device_id', 'Id of the device, where the browser gives one.').optional(),
	openid: identifier('openid', 'Openid when the page is opened inside WeChat, as "<app>:<openid>".').optional(),
	unionid: identifier('unionid', 'Unionid when the page is opened inside WeChat.').optional()
};

export const events = defineResource('web', 'events', {
	description: 'What a visitor did on the site. One row per event.',
	primaryKey: ['event_id'],
	cursor: 'updated_at',
	writeDisposition: 'merge',
	schema: z.object({
		event_id: text('Id of the event.'),
		session_id: text('Visit of the site that the event belongs to.'),
		occurred_at: timestamp('When it happened.'),
		event_name: oneOf(
			['session_start', 'page_view', 'model_view', 'configurator', 'calculator', 'form_start'],
			'Kind of event; session_start carries the channel that brought the visitor.'
		),
		...visitor,
		channel_id: text('Channel that brought the visitor.').optional(),
		campaign_id: text('Campaign that brought the visitor.').optional(),
		series_id: text('Series of the page.').optional(),
		page: text('Path of the page.').optional(),
		updated_at: updatedAt
	})
});

export const forms = defineResource('web', 'forms', {
	description: 'Lead forms sent on the site. One row per form.',
	primaryKey: ['form_id'],
	cursor: 'updated_at',
	writeDisposition: 'merge',
	tombstone: 'deleted',
	schema: z.object({ form_id: text('Id of the form.'), ...leadCapture, ...visitor, updated_at: updatedAt, deleted })
});

export const web = [events, forms];
