import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Signs in through the role picker, as a person does; scoped roles take the first member that is offered. */
export async function signIn(
	page: Page,
	role: string,
	options: { locale?: 'zh-CN' | 'en'; theme?: 'light' | 'dark'; script?: boolean } = {}
): Promise<void> {
	const hasScript = options.script ?? true;
	if (hasScript) waitForLife(page);
	await page.goto('/login');
	const url = new URL(page.url());
	await page.context().addCookies([
		{ name: 'lang', value: options.locale ?? 'zh-CN', domain: url.hostname, path: '/' },
		{ name: 'theme', value: options.theme ?? 'light', domain: url.hostname, path: '/' }
	]);
	await page.locator(`form:has(input[name="role"][value="${role}"]) button`).click();
	await page.waitForURL((now) => now.pathname === '/');
	if (hasScript) await alive(page);
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
	const builder = new AxeBuilder({ page });
	const { violations } = await (within === undefined ? builder : builder.include(within))
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
