import { chart } from '#lib/server/charts.ts';
import { messages } from '#lib/messages/all.ts';
import { loadCockpit } from '#lib/server/pages/cockpit.ts';
import { explainChange } from '#lib/cockpit/change.ts';
import { answerOf, comparedName, ordersSpec } from '#lib/server/pages/cockpit-view.ts';
import { dayMarks, pinNote, pinnedNotes, unpinNote } from '#lib/server/notes.ts';
import { memberName } from '#lib/server/member-names.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { filters, period, locale, currency, recorded, dates, version, me } = await event.parent();
	const t = messages[locale];
	const [cockpit, notes, other] = await Promise.all([
		loadCockpit(event.locals, filters, period, recorded, dates, version),
		pinnedNotes(event.locals, '/', period),
		memberName(event.locals, filters, version, locale)
	]);
	const { segments, claims: _, trend, ...rest } = cockpit;
	const compared = comparedName(filters, period, other, t, locale);
	const marks = await dayMarks(event.locals, version, notes, trend, locale);
	const name = t.cockpit.kpi.orders_net;
	const listed = cockpit.exceptions.length + cockpit.strengths.length;
	/** Nothing to look at: a column of its own would stand empty. */
	const isSingle = listed === 0 && cockpit.attainments.length <= 1;
	// As tall as what stands beside it, so that both columns end together without a hole.
	const height = 240 + Math.min(220, Math.max(0, listed - 2) * 48);
	return {
		...rest,
		title: t.cockpit.title,
		question: t.cockpit.question,
		answer: answerOf(cockpit, period, event.url.search, t, locale),
		change: explainChange(segments, filters.why, t, locale),
		compared,
		other,
		step: trend.step,
		isSingle,
		notes: notes.map((note) => ({ ...note, mine: note.author === me.sub })),
		ordersTrend: chart(
			event,
			'trend-orders',
			{ ...ordersSpec(cockpit, period, { name, compared, marks, height }, t, locale), brush: true },
			{
				width: isSingle ? 1172 : 663,
				locale,
				currency
			}
		)
	};
};

export const actions: Actions = {
	pin: pinNote('/'),
	unpin: unpinNote
};
