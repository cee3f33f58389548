import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** As whom the role picker's form signs in, without opening a page; scoped roles take the first member that is offered. */
export async function signIn(
	page: Page,
	role: string,
	options: { locale?: 'zh-CN' | 'en'; theme?: 'light' | 'dark'; script?: boolean } = {}
): Promise<void> {
	if (options.script ?? true) waitForLife(page);
	let picker = await page.request.get('/login');
	const { origin } = new URL(picker.url());
	await page.context().addCookies([
		{ name: 'lang', value: options.locale ?? 'zh-CN', url: origin },
		{ name: 'theme', value: options.theme ?? 'light', url: origin }
	]);
	// A semantic layer that has just started may need longer than the page waits for its members.
	for (let more = 5; more > 0 && !(await picker.text()).includes(`value="${role}"`); more--) picker = await page.request.get('/login');
	const member = firstMember(await picker.text(), role);
	const answer = await page.request.post('/login', { form: { role, member }, headers: { origin, accept: 'text/html' }, maxRedirects: 0 });
	expect(answer.headers()['location'], `signed in as ${role}`).toBe('/');
}

/** The first that the picker offers a role to choose from, or nothing for who sees all. */
function firstMember(picker: string, role: string): string {
	const form = picker.split('<form').find((each) => each.includes(`value="${role}"`));
	expect(form, `${role} is in the role picker`).toBeDefined();
	return /<option[^>]* value="([^"]+)"/.exec(form ?? '')?.[1] ?? '';
}

/** From now on `goto` ends when the page's script runs: nobody is as quick as a test on a busy machine. */
function waitForLife(page: Page): void {
	const { goto } = page;
	page.goto = async (...asked) => {
		const response = await goto.apply(page, asked);
		if (response?.headers()['content-type']?.startsWith('text/html')) await alive(page);
		return response;
	};
}

const alive = (page: Page) => page.waitForSelector('html[data-alive]', { state: 'attached' });

/** No script of the page arrives before the answer is called; it ends when the page's script runs. */
export async function holdScripts(page: Page): Promise<() => Promise<unknown>> {
	let release = () => {};
	const held = new Promise<void>((done) => (release = done));
	await page.route(/\.js$/, async (route) => {
		await held;
		await route.continue();
	});
	return () => {
		release();
		return alive(page);
	};
}

/** Collects what must never happen: errors in the console, refused scripts and styles, requests to other hosts. */
export function watch(page: Page): string[] {
	const problems: string[] = [];
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('request', (request) => {
		const url = new URL(request.url());
		if (url.protocol.startsWith('http') && url.host !== new URL(page.url() === 'about:blank' ? request.url() : page.url()).host)
			problems.push(`request to ${url.host}`);
	});
	return problems;
}

/** `within`: only a part that came later, such as a panel; the page beneath it has its own test. */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
	// Looked at in the page alone: gathering from frames, of which there are none, opens a second page each time, half of a test's time.
	const builder = new AxeBuilder({ page }).setLegacyMode();
	const { violations } = await (within === undefined ? builder : builder.include(within))
		.options({ resultTypes: ['violations'] })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
		.analyze();
	expect(
		violations.map(
			({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join(' | ')}`
		)
	).toEqual([]);
}

/** "8,412" → 8412 */
export function toNumber(text: string | null): number {
	return Number((text ?? '').replace(/[^\d.-]/g, ''));
}
