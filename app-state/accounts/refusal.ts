/** What the accounts refuse: a sentence for the command line, and its name for pages, which say it in the reader's language. */
import { StateError } from '../open.ts';

/** What is wrong with a new password. */
export type PasswordFault = 'short' | 'long' | 'plain' | 'name' | 'common';

/** A name that is taken or none, scopes that do not fit, nobody left to administer, as many tokens as there may be. */
export type AccountFault = PasswordFault | 'taken' | 'unnamed' | 'role' | 'scope' | 'last' | 'tokens';

export class AccountError extends StateError {
	readonly fault: AccountFault;
	constructor(fault: AccountFault, sentence: string) {
		super(sentence);
		this.fault = fault;
	}
}
