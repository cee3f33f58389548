import type { LoginWords } from './zh-CN.ts';

export const en: LoginWords = {
	login: {
		title: 'Choose who you are',
		intro: 'What you see is limited by the role in the semantic layer.',
		enter: 'Enter',
		member: 'Belongs to',
		notReady: 'The data is not ready, so regions and stores cannot be listed yet. Open this page again after the refresh.'
	}
};
