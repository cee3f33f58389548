/** Fields that several sources deliver in the same meaning, so that they are described once. */
import { boolean, identifier, oneOf, text, timestamp } from '../core/fields.ts';

export const updatedAt = timestamp('When the source last changed this record; the greatest value is the version that counts.');
export const deleted = boolean('True when the source has deleted the record.').optional();

/** A record of the lead that this activity belongs to. */
export const leadReference = {
	lead_source: text('Source that captured the lead; empty when it is the source of this row itself.').optional(),
	lead_record_id: text('Id of the lead record in that source; empty for a walk-in or any activity without lead.').optional()
};

/** Who the person is and what they want: the part every captured lead has in common. */
export const leadCapture = {
	captured_at: timestamp('When the person left a way to reach them (capture).'),
	name: identifier('person_name', 'Name of the person as typed.').optional(),
	phone: identifier('phone', 'Phone number as typed; may be wrong, shared or a relay number.').optional(),
	email: identifier('email', 'E-mail address as typed.').optional(),
	channel_id: text('Channel in which the lead was captured.').optional(),
	campaign_id: text('Campaign that led to the capture.').optional(),
	event_id: text('Organised activity at which it was captured.').optional(),
	series_id: text('Series the person is interested in; empty when not said.').optional(),
	product_id: text('Trim the person is interested in; empty when not said.').optional(),
	province: text('Province of the person.').optional(),
	city: text('City of the person.').optional()
};

export const intentLevel = oneOf(['H', 'A', 'B', 'C'], 'Expected purchase time set by a person: H 7 days, A 15, B 30, C later.').optional();
