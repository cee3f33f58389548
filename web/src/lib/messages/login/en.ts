import type { LoginWords } from './zh-CN.ts';

export const en: LoginWords = {
	login: {
		title: 'Choose who you are',
		intro: 'Demo: pick a role. What you see is limited by that role in the semantic layer.',
		enter: 'Enter',
		member: 'Belongs to',
		closedTitle: 'Sign-in needed',
		closed: 'This server does not offer the demo sign-in. Use the link that your administrator gave you.',
		closedHint: 'The demo sign-in works on the machine itself only: open it there, started with serve --demo-login.',
		notReady: 'The data is not ready, so regions and stores cannot be listed yet. Open this page again after the refresh.',
		badRole: 'That role was not understood. Choose again.'
	}
};
