/** The demo brand: extracts that `onelane demo` writes. Copy this file, or change it, for your own brand. */
import { join, resolve } from 'node:path';
import { defineConfig } from './contracts/config.ts';

const home = resolve(process.env['ONELANE_HOME'] || '.onelane');

export default defineConfig({
	brand: { name_zh: '澜途汽车', name_en: 'Lantu Motors' },
	timezone: 'Asia/Shanghai',
	currency: 'CNY',
	sources: [{ kind: 'extracts', folder: process.env['ONELANE_DEMO_EXTRACTS'] || join(home, 'demo', 'extracts') }]
});
