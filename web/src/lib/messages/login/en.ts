import type { LoginWords } from './zh-CN.ts';

export const en: LoginWords = {
	login: {
		title: 'Choose who you are',
		intro: 'What you see is limited by the role in the semantic layer.',
		enter: 'Enter',
		member: 'Belongs to',
		away: 'The semantic layer does not answer, so regions, stores and people cannot be listed. Roles that see everything can still enter; for the others, open this page again later.',
		notReady: 'The data is not ready, so regions and stores cannot be listed yet. Open this page again after the refresh.'
	}
};
