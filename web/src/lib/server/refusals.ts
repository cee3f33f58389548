/** Why a form of the account pages was not accepted; the page says it in words. */
import { fail, type ActionFailure } from '@sveltejs/kit';
import { AccountError, type AccountFault, type SignIn } from '../../../../app-state/index.ts';
import type { Sight } from '#lib/account/scopes.ts';

export type Wrong = AccountFault | 'form' | 'password' | 'present' | 'code' | 'different' | 'wait';

export interface Refusal {
	wrong: Wrong;
	/** What was typed, to be shown again. */
	name?: string | undefined;
	display_name?: string;
	sight?: Sight;
	/** Minutes to wait. */
	minutes?: number | undefined;
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
		if (caught instanceof AccountError) return refuse(400, { wrong: caught.fault, ...(await typed()) });
		throw caught;
	}
}
