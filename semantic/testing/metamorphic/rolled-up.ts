/** Members that a view's rollups hold, read from the model, so that a fair share of the questions can be answered by one. */
import { readModel } from '../../model.ts';
import type { ViewName } from '../../../contracts/semantic.ts';

export interface RolledUp {
	measures: string[];
	dimensions: string[];
	time: string;
}

/** The rollups of the cube behind a view, in the view's own names. */
export function rollupsOf(view: ViewName): RolledUp[] {
	const files = readModel();
	const cube = new RegExp(`- name: ${view}\\n[\\s\\S]*?join_path: (\\w+)`).exec(contentOf(files, `views/${view}.yml`))?.[1] ?? '';
	const block = files.find(({ fileName }) => fileName.endsWith(`/${cube}.yml`))?.content.split(/\n {4}pre_aggregations:\n/)[1] ?? '';
	return block
		.split(/\n? {6}- name: /)
		.slice(1)
		.map((text) => {
			const list = (key: string) => /^(?: {10}- .+\n?)*/m.exec(text.split(`        ${key}:\n`)[1] ?? '')?.[0].match(/[\w.]+\.[\w]+/g) ?? [];
			const named = (member: string) => `${view}.${member.replace(/^CUBE\./, '').replace('.', '_')}`;
			return {
				measures: list('measures').map(named),
				dimensions: list('dimensions').map(named),
				time: named(/time_dimension: (\S+)/.exec(text)?.[1] ?? '')
			};
		});
}

function contentOf(files: readonly { fileName: string; content: string }[], end: string): string {
	return files.find(({ fileName }) => fileName.endsWith(end))?.content ?? '';
}
