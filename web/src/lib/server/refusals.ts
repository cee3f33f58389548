/** Why a form of the account pages was not accepted; the page says it in words. */
import { fail, type ActionFailure } from '@sveltejs/kit';
import { PasswordError, StateError, type PasswordFault, type SignIn } from '../../../../app-state/index.ts';
import type { Sight } from '#lib/account/scopes.ts';

export type Wrong = PasswordFault | 'form' | 'role' | 'password' | 'present' | 'code' | 'different' | 'scope' | 'wait' | 'sentence';

export interface Refusal {
	wrong: Wrong;
	/** What was typed, to be shown again. */
	name?: string | undefined;
	display_name?: string;
	sight?: Sight;
	/** Minutes to wait. */
	minutes?: number | undefined;
	/** A sentence of the accounts themselves. */
	sentence?: string | undefined;
}

export type Typed = Pick<Refusal, 'name' | 'display_name' | 'sight'>;

export const refuse = (status: number, refusal: Refusal): ActionFailure<Refusal> => fail(status, refusal);

/** For a sign-in, code or password that did not fit. */
export function refuseSignIn(result: Exclude<SignIn, { ok: true }>, wrong: Wrong, name?: string): ActionFailure<Refusal> {
	return result.why === 'wait'
		? refuse(429, { wrong: 'wait', minutes: Math.ceil(result.seconds / 60), name })
		: refuse(400, { wrong, name });
}

/** What the accounts refuse becomes words on the page, beside what was `typed`. @throws what is no refusal */
export async function orRefuse<T>(
	work: () => Promise<T>,
	typed: () => Typed | Promise<Typed> = () => ({})
): Promise<T | ActionFailure<Refusal>> {
	try {
		return await work();
	} catch (caught) {
		if (caught instanceof PasswordError) return refuse(400, { wrong: caught.fault, ...(await typed()) });
		if (caught instanceof StateError) return refuse(400, { wrong: 'sentence', sentence: caught.message, ...(await typed()) });
		throw caught;
	}
}
