/** The web server's log: one line of JSON an event, without what people typed and without personal data. */
import { pino } from 'pino';

export const log = pino({ base: { process: 'web' }, level: process.env.NODE_ENV === 'test' ? 'silent' : 'info' });

/** Quoted values, long digits and addresses of mail in a message of a library might be somebody's. */
export function withoutValues(text: string): string {
	return text
		.replace(/'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|`[^`]*`/g, '…')
		.replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '…')
		.replace(/\d{5,}/g, '…');
}
