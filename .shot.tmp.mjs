import { chromium } from '@playwright/test';
const [,, base, role, lang, theme, width, path, out, full] = process.argv;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium', args: ['--no-sandbox'] });
const context = await browser.newContext({ viewport: { width: Number(width), height: Number(process.env.H || (width > 1000 ? 900 : 844)) }, baseURL: base });
const page = await context.newPage();
page.on('console', (m) => m.type() === 'error' && console.log('console:', m.text()));
page.on('pageerror', (e) => console.log('pageerror:', e.message));
await page.goto('/login');
await context.addCookies([{ name: 'lang', value: lang, domain: '127.0.0.1', path: '/' }, { name: 'theme', value: theme, domain: '127.0.0.1', path: '/' }]);
await page.locator(`form:has(input[name="role"][value="${role}"]) button`).click();
await page.waitForURL((u) => u.pathname === '/');
for (const [i, p] of path.split('|').entries()) {
  const t0 = Date.now();
  const r = await page.goto(p);
  console.log(p, r.status(), Date.now() - t0, 'ms');
  if (process.env.ACT) await eval(`(async()=>{${process.env.ACT}})()`);
  console.log((await page.locator('p.answer').allTextContents()).join().trim());
  await page.waitForTimeout(300);
  await page.screenshot({ path: out.replace('%', i), fullPage: full !== 'view' });
}
await browser.close();
