/** CRM: the lead system of headquarters and stores. Leads won by stores, and all work done on any lead. */
import { z } from 'zod';
import { boolean, decimal, identifier, integer, oneOf, text, timestamp } from '../../core/fields.ts';
import { defineResource } from '../../core/resource.ts';
import { deleted, intentLevel, leadCapture, leadReference, updatedAt } from '../shared-fields.ts';

const keyed = { cursor: 'updated_at', writeDisposition: 'merge', tombstone: 'deleted' } as const;
const place = { store_id: text('Store.').optional(), staff_id: text('Member of staff.').optional() };

export const leads = defineResource('crm', 'leads', {
	description: 'Leads captured in the CRM itself: by a store, by phone, at an event, or reopened. One row per lead record.',
	primaryKey: ['lead_id'],
	...keyed,
	schema: z.object({
		lead_id: text('Id of the lead record.'),
		...leadCapture,
		openid: identifier('openid', 'Openid inside WeChat, as "<app>:<openid>".').optional(),
		wecom_external_userid: identifier('wecom_external_userid', 'Contact id in enterprise WeChat.').optional(),
		store_id: text('Store that won the lead; empty when it came to headquarters.').optional(),
		inviter_id: text('Inviter who owns it from the start.').optional(),
		advisor_id: text('Advisor who owns it from the start.').optional(),
		qualified_at: timestamp('When it was found valid, for a source that delivers only qualified leads.').optional(),
		intent_level: intentLevel,
		reopened_source: text('Source of the lost lead that this one reopens; empty when it is this source.').optional(),
		reopened_record_id: text('Record of the lost lead that this one reopens.').optional(),
		updated_at: updatedAt,
		deleted
	})
});

export const qualifications = defineResource('crm', 'qualifications', {
	description: 'Results of cleansing a lead. One row per decision.',
	primaryKey: ['qualification_id'],
	...keyed,
	schema: z.object({
		qualification_id: text('Id of the decision.'),
		...leadReference,
		decided_at: timestamp('When it was decided.'),
		result: oneOf(['valid', 'invalid'], 'Outcome.'),
		reason: text('Why it is invalid: empty_number, not_interested, fake, wrong_person, out_of_area …').optional(),
		decided_by: oneOf(['rule', 'machine', 'person'], 'Who decided.'),
		updated_at: updatedAt,
		deleted
	})
});

export const assignments = defineResource('crm', 'assignments', {
	description: 'Changes of owner. One row per change.',
	primaryKey: ['assignment_id'],
	...keyed,
	schema: z.object({
		assignment_id: text('Id of the change.'),
		...leadReference,
		kind: oneOf(
			['dispatch', 'assign', 'reassign', 'recall', 'handover'],
			'dispatch: to a store; assign: to an inviter; reassign: to another person; recall: back to the pool; handover: to the advisor at the visit.'
		),
		...place,
		urgency: oneOf(['normal', 'urgent'], 'Urgency in force when it happened.').optional(),
		happened_at: timestamp('When it happened.'),
		updated_at: updatedAt,
		deleted
	})
});

export const followups = defineResource('crm', 'followups', {
	description: 'Contacts by people and automatic replies of a store. One row per contact.',
	primaryKey: ['followup_id'],
	...keyed,
	schema: z.object({
		followup_id: text('Id of the contact.'),
		...leadReference,
		...place,
		kind: oneOf(['call', 'message'], 'Means of contact.'),
		made_by: oneOf(['person', 'machine'], 'A person, or an automatic reply.'),
		started_at: timestamp('Start of the attempt.'),
		connected: boolean('Somebody answered.'),
		effective: boolean('A conversation that moved the lead.'),
		seconds: integer('Length of the talk.'),
		intent_level: intentLevel,
		updated_at: updatedAt,
		deleted
	})
});

export const appointments = defineResource('crm', 'appointments', {
	description: 'Invitations to the store. One row per appointment.',
	primaryKey: ['appointment_id'],
	...keyed,
	schema: z.object({
		appointment_id: text('Id of the appointment.'),
		...leadReference,
		...place,
		made_at: timestamp('When it was agreed.'),
		due_at: timestamp('When the person is expected.'),
		status: oneOf(['open', 'arrived', 'no_show', 'cancelled'], 'State of the appointment.'),
		arrived_at: timestamp('When the person came.').optional(),
		updated_at: updatedAt,
		deleted
	})
});

export const visits = defineResource('crm', 'visits', {
	description: 'Showroom visits, with or without lead. One row per visit.',
	primaryKey: ['visit_id'],
	...keyed,
	schema: z.object({
		visit_id: text('Id of the visit.'),
		...leadReference,
		appointment_id: text('Appointment that the visit fulfils.').optional(),
		kind: oneOf(['lead', 'walk_in', 'referral'], 'How the person came.'),
		name: identifier('person_name', 'Name of the visitor.').optional(),
		phone: identifier('phone', 'Phone number of the visitor.').optional(),
		store_id: text('Store.').optional(),
		advisor_id: text('Advisor who received the visitor.').optional(),
		series_id: text('Series the visitor looked at.').optional(),
		arrived_at: timestamp('Arrival.'),
		updated_at: updatedAt,
		deleted
	})
});

export const testDrives = defineResource('crm', 'test_drives', {
	description: 'Test drives. One row per drive.',
	primaryKey: ['test_drive_id'],
	...keyed,
	schema: z.object({
		test_drive_id: text('Id of the drive.'),
		...leadReference,
		visit_id: text('Visit during which it happened.').optional(),
		store_id: text('Store.').optional(),
		advisor_id: text('Advisor who accompanied.').optional(),
		product_id: text('Trim driven.').optional(),
		started_at: timestamp('Start of the drive.'),
		updated_at: updatedAt,
		deleted
	})
});

export const quotations = defineResource('crm', 'quotations', {
	description: 'Quotations handed to a visitor. One row per quotation.',
	primaryKey: ['quotation_id'],
	...keyed,
	schema: z.object({
		quotation_id: text('Id of the quotation.'),
		...leadReference,
		visit_id: text('Visit during which it was made.').optional(),
		store_id: text('Store.').optional(),
		advisor_id: text('Advisor who quoted.').optional(),
		product_id: text('Trim quoted.').optional(),
		amount: decimal('Quoted price.').optional(),
		quoted_at: timestamp('When it was handed over.'),
		updated_at: updatedAt,
		deleted
	})
});

export const losses = defineResource('crm', 'losses', {
	description: 'Leads closed without order (战败). One row per closing.',
	primaryKey: ['loss_id'],
	...keyed,
	schema: z.object({
		loss_id: text('Id of the closing.'),
		...leadReference,
		...place,
		reason: text('Why: price, competitor, no_contact, postponed, no_stock …'),
		lost_at: timestamp('When it was closed.'),
		updated_at: updatedAt,
		deleted
	})
});

export const crm = [leads, qualifications, assignments, followups, appointments, visits, testDrives, quotations, losses];
