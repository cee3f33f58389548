/** What a check of the doctor found. */
export interface Finding {
	what: string;
	/** warn: works, but somebody should know. */
	level: 'ok' | 'warn' | 'fail';
	/** What is so; unless all is well, also how to mend it. */
	detail: string;
}

export const ok = (what: string, detail: string): Finding => ({ what, level: 'ok', detail });
export const warn = (what: string, detail: string): Finding => ({ what, level: 'warn', detail });
export const fail = (what: string, detail: string): Finding => ({ what, level: 'fail', detail });
