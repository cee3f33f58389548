import { expect, test } from '@playwright/test';
import { signIn } from './helpers.ts';

test('without a session every page leads to the sign-in, and back to where one wanted to go', async ({ page }) => {
	await page.goto('/funnel?by=channel');
	await expect(page).toHaveURL(/\/login\?to=/);
	await page.locator('form:has(input[name="role"][value="analyst"]) button').click();
	await expect(page).toHaveURL(/\/funnel\?by=channel$/);
});

test('the API asks for a session or a token', async ({ request }) => {
	const query = JSON.stringify({ measures: ['leads.leads'] });
	expect((await request.get(`/api/v1/load?query=${encodeURIComponent(query)}`)).status()).toBe(401);
	expect((await request.get('/api/v1/meta', { headers: { authorization: 'Bearer nonsense' } })).status()).toBe(401);
});

test('signing out ends the session', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/');
	await page.locator('details.who summary').click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect(page).toHaveURL(/\/login/);
	await page.goto('/');
	await expect(page).toHaveURL(/\/login/);
});

test('a forged session is no session', async ({ page, baseURL }) => {
	const { hostname } = new URL(baseURL ?? '');
	await page.context().addCookies([{ name: 'onelane_session', value: 'eyJhbGciOiJub25lIn0.e30.', domain: hostname, path: '/' }]);
	await page.goto('/');
	await expect(page).toHaveURL(/\/login/);
});

test('posts from another site are refused', async ({ request, baseURL }) => {
	const form = { role: 'executive' };
	expect((await request.post('/login', { form, headers: { origin: 'https://evil.example' } })).status()).toBe(403);
	expect((await request.post('/logout', { form, headers: { origin: 'https://evil.example' } })).status()).toBe(403);
	expect(
		(
			await request.post('/preferences', {
				form: { lang: 'en', to: 'https://evil.example/' },
				headers: { origin: baseURL ?? '' },
				maxRedirects: 0
			})
		).headers()['location']
	).toBe('/');
});

test('a region manager sees one region and no other', async ({ page }) => {
	await signIn(page, 'region_manager', { locale: 'en' });
	const answer = await page.request.post('/api/v1/load', {
		data: { query: { measures: ['leads.leads'], dimensions: ['leads.region_id'] } }
	});
	expect(answer.status()).toBe(200);
	const { data } = (await answer.json()) as { data: unknown[] };
	expect(data).toHaveLength(1);
});

test('language and appearance are kept', async ({ page }) => {
	await signIn(page, 'executive');
	await page.goto('/');
	await expect(page.getByRole('heading', { level: 1, name: '驾驶舱' })).toBeVisible();
	await page.locator('details.who summary').click();
	await page.getByRole('button', { name: /English/ }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	// Switched in place: the menu is still open.
	await page.getByRole('button', { name: 'Dark' }).click();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('answers carry headers that keep the browser safe', async ({ page }) => {
	await signIn(page, 'executive');
	const headers = (await page.goto('/'))?.headers() ?? {};
	expect(headers['content-security-policy']).toContain("script-src 'self' 'nonce-");
	expect(headers['content-security-policy']).not.toContain("'unsafe-inline'");
	expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
	expect(headers['x-content-type-options']).toBe('nosniff');
	expect(headers['referrer-policy']).toBe('same-origin');
	expect(headers['cache-control']).toContain('no-store');
});

test('health and readiness answer without a session', async ({ request }) => {
	expect((await request.get('/healthz')).status()).toBe(200);
	const ready = await request.get('/readyz');
	expect(ready.status()).toBe(200);
	expect(await ready.json()).toMatchObject({ status: 'ready', version: expect.stringMatching(/^v\d{8}T/) as unknown });
});
