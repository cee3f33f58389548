/** Ads: platforms such as Ocean Engine and Tencent Ads. Daily spend, and the leads left in their forms. */
import { z } from 'zod';
import { date, decimal, identifier, integer, text } from '../../core/fields.ts';
import { defineResource } from '../../core/resource.ts';
import { deleted, leadCapture, updatedAt } from '../shared-fields.ts';

export const spend = defineResource('ads', 'spend', {
	description: 'Spend and delivery of a campaign. One row per day, campaign and, where the platform gives it, region.',
	primaryKey: ['spend_date', 'campaign_id', 'region_id'],
	cursor: 'updated_at',
	writeDisposition: 'merge',
	tombstone: 'deleted',
	schema: z.object({
		spend_date: date('Day of the spend.'),
		campaign_id: text('Campaign.'),
		region_id: text('Region, where the platform reports it; else empty.').optional(),
		spend: decimal('Money spent.'),
		impressions: integer('Impressions.'),
		clicks: integer('Clicks.'),
		platform_leads: integer('Leads as the platform counts them.'),
		updated_at: updatedAt,
		deleted
	})
});

export const leads = defineResource('ads', 'leads', {
	description: 'Leads left in a form of the platform. One row per platform lead.',
	primaryKey: ['platform_lead_id'],
	cursor: 'updated_at',
	writeDisposition: 'merge',
	tombstone: 'deleted',
	schema: z.object({
		platform_lead_id: text('Id at the platform.'),
		...leadCapture,
		device_id: identifier('device_id', 'Device the platform saw.').optional(),
		openid: identifier('openid', 'Openid inside WeChat, as "<app>:<openid>".').optional(),
		updated_at: updatedAt,
		deleted
	})
});

export const ads = [spend, leads];
