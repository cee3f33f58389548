/** DMS: the dealers' order system. Orders with the moment of each state. */
import { z } from 'zod';
import { decimal, identifier, text, timestamp } from '../../core/fields.ts';
import { defineResource } from '../../core/resource.ts';
import { deleted, leadReference, updatedAt } from '../shared-fields.ts';

export const orders = defineResource('dms', 'orders', {
	description: 'Orders of vehicles, from refundable deposit to registration. One row per order.',
	primaryKey: ['order_id'],
	cursor: 'updated_at',
	writeDisposition: 'merge',
	tombstone: 'deleted',
	schema: z.object({
		order_id: text('Id of the order.'),
		...leadReference,
		visit_id: text('Visit (source crm) after which it was placed.').optional(),
		name: identifier('person_name', 'Name of the buyer.').optional(),
		phone: identifier('phone', 'Phone number of the buyer.').optional(),
		vin: identifier('vin', 'Vehicle, once it is known.').optional(),
		channel_id: text('Channel, for an order that came without lead.').optional(),
		store_id: text('Store.').optional(),
		inviter_id: text('Inviter who brought the buyer.').optional(),
		advisor_id: text('Advisor who sold.').optional(),
		series_id: text('Series ordered.').optional(),
		product_id: text('Trim ordered.').optional(),
		amount: decimal('Price of the vehicle.').optional(),
		cost: decimal('Cost of the vehicle to the brand.').optional(),
		deposit_at: timestamp('Refundable deposit (小订).').optional(),
		firm_deposit_at: timestamp('Firm deposit (大定).').optional(),
		locked_at: timestamp('Order locked (锁单).').optional(),
		cancelled_at: timestamp('Cancellation (退订).').optional(),
		cancel_reason: text('Why it was cancelled.').optional(),
		invoiced_at: timestamp('Invoice (开票).').optional(),
		delivered_at: timestamp('Delivery (交付).').optional(),
		registered_at: timestamp('Registration with insurance (上险).').optional(),
		updated_at: updatedAt,
		deleted
	})
});

export const dms = [orders];
