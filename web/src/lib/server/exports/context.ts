/** What an export may use: the same filters and period as the page it belongs to. */
import type { Filters } from '#lib/filters.ts';
import type { Locale } from '#lib/format.ts';
import type { AllMessages } from '#lib/messages/all.ts';
import type { DataDates, Period } from '#lib/periods.ts';
import type { FileTable } from '../files/table.ts';
import type { Options } from '../context.ts';
import type { Recorded } from '../recorded.ts';

export interface ExportContext {
	locals: App.Locals;
	filters: Filters;
	period: Period;
	dates: DataDates;
	options: Options;
	recorded: Recorded;
	locale: Locale;
	currency: string;
	t: AllMessages;
}

export type Export = (context: ExportContext) => Promise<FileTable>;
