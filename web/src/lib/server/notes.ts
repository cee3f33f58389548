/** Notes that people pin to a day of a page, and the marks that they make on its chart. */
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { addNote, deleteNote, listNotes, StateError, type Note } from '../../../../app-state/index.ts';
import { ROLE_SCOPE, type Claims } from '../../../../contracts/claims.ts';
import { isDate, weekStart, type Period } from '#lib/periods.ts';
import type { Locale } from '#lib/format.ts';
import { appState, openState } from './app-state.ts';
import { holidays } from './context.ts';
import { readForm } from './form.ts';

const NAME_LENGTH = 12;
/** Of everybody's rows: read by all, also by those who see a part of them. */
const EVERYBODY = '*';

/** Whose rows a note is about: its author's. */
export function scopeOf({ role, scopes }: Pick<Claims, 'role' | 'scopes'>): string {
	if (ROLE_SCOPE[role] === null) return EVERYBODY;
	return JSON.stringify(scopes.map(({ dimension, ids }) => [dimension, [...new Set(ids)].sort()]).sort());
}

/** Headquarters reads every note; others read their own people's and those about everybody. */
export async function pinnedNotes({ claims }: App.Locals, page: string, { from, to }: Pick<Period, 'from' | 'to'>): Promise<Note[]> {
	if (!claims) return [];
	const own = scopeOf(claims);
	let state;
	try {
		state = openState();
	} catch (caught) {
		// Figures are worth showing without their notes.
		if (caught instanceof StateError) return [];
		throw caught;
	}
	return listNotes(state, { page, scopes: own === EVERYBODY ? null : [EVERYBODY, own], from, to });
}

export interface Mark {
	date: string;
	name: string;
}

/** Holidays and notes as marks; on a chart by week at the week's Monday. */
export async function dayMarks(
	{ claims }: App.Locals,
	version: string,
	notes: readonly Note[],
	{ step, dates }: { step: 'day' | 'week'; dates: readonly string[] },
	locale: Locale
): Promise<Mark[]> {
	const [first, last] = [dates[0] ?? '', dates.at(-1) ?? ''];
	const feasts = claims ? await holidays(claims, version) : [];
	const at = (date: string) => (step === 'week' ? weekStart(date) : date);
	const marks = [
		...feasts
			.filter(({ anchor }) => anchor >= first && anchor <= last)
			.map(({ anchor, zh, en }) => ({ date: at(anchor), name: locale === 'en' ? en : zh })),
		...notes.map(({ date, text }) => ({ date: at(date), name: text.length > NAME_LENGTH + 1 ? `${text.slice(0, NAME_LENGTH)}…` : text }))
	];
	// Several of a day are one mark: the chart writes one name there, the list below has them all.
	return [...Map.groupBy(marks, ({ date }) => date)].map(([date, some]) => ({
		date,
		name: some.length > 1 ? `${some[0]?.name} +${some.length - 1}` : (some[0]?.name ?? '')
	}));
}

const pinned = z.strictObject({ date: z.string().refine(isDate), text: z.string().trim().min(1).max(500) });

/** Action of a page: a note on a day of it. */
export const pinNote =
	(page: string) =>
	async ({ request, locals, url }: RequestEvent) => {
		const form = Object.fromEntries(await request.formData());
		const given = pinned.safeParse(form);
		// What was typed is not lost.
		if (!locals.claims || !given.success)
			return fail(400, { note: { text: String(form['text'] ?? '').slice(0, 500), date: String(form['date'] ?? '') } });
		await addNote(appState(), locals.claims, { page, metric: '', scope: scopeOf(locals.claims), ...given.data });
		redirect(303, back(url));
	};

export async function unpinNote({ request, locals, url }: RequestEvent) {
	const given = await readForm(request, z.strictObject({ id: z.string().min(1).max(100) }));
	if (!locals.claims || !given || !(await deleteNote(appState(), locals.claims, given.id))) return fail(404, { note: null });
	redirect(303, back(url));
}

/** The page as it was, without the name of the action. */
function back(url: URL): string {
	const search = new URLSearchParams(url.search);
	for (const key of [...search.keys()]) if (key.startsWith('/')) search.delete(key);
	return `${url.pathname}${search.size > 0 ? `?${search}` : ''}#notes`;
}
