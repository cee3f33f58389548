/** The dashboard's build: called from the repository's root with `--config web/vite.config.ts`; answers in `build/web`. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** SvelteKit's route announcer carries this inline style; allowing its hash keeps every other inline style forbidden. */
const announcer =
	'position: absolute; left: 0; top: 0; clip: rect(0 0 0 0); clip-path: inset(50%); overflow: hidden; white-space: nowrap; width: 1px; height: 1px';
const announcerHash = createHash('sha256').update(announcer).digest('base64');

const FRAMEWORK = /node_modules\/(svelte|devalue|esm-env|clsx|@sveltejs\/kit)\//;

/** What waits for a touch or for its language: the drawing library with its builders, the headless parts, the words. */
const LATER =
	/\/lib\/(charts\/(options|live|draw|drawing|engine|theme|svg|statistics|tabular)|later\/|dev\/|organisation\/|funnel\/|components\/(wall\/|filters\/(?!compared-with))|messages\/(\w+\/)?(en|zh-CN))/;

/** What bodies of pages have in common. */
const BODIES =
	/\/lib\/(charts\/(\w+\.svelte|wake)|messages\/chart|emptiness|components\/(table\/|KeyFigures|Crumbs|Choice|SplitPicker|FunnelTable|Csv|ProofLink|Nothing))/;

/** What surrounds the pages of those who have signed in: rail, head, filters. */
const FRAME =
	/\/lib\/(island\/Island|components\/(Filters|FilterChip|PageHead|Exclusions|DataAge|Banners|OnDemand|filters\/compared-with))/;

const ACCOUNT = /\/lib\/(components\/)?account\//;

/** What such a page starts with; the rest of them waits for a touch. */
const ACCOUNT_PAGE = /\/lib\/(components\/account\/AccountPage|account\/page)\./;

/** Code that every page starts with, and the bundler's own few lines. */
function isShared(id: string): boolean {
	const isOurs = id.includes('/src/lib/') && ![LATER, BODIES, FRAME, ACCOUNT].some((other) => other.test(id));
	return FRAMEWORK.test(id) || id.includes('rolldown/runtime') || isOurs;
}

export default defineConfig({
	root: here,
	plugins: [
		sveltekit({
			compilerOptions: { runes: true },
			adapter: adapter({ out: fileURLToPath(new URL('../build/web', import.meta.url)) }),
			csp: {
				mode: 'auto',
				directives: {
					'default-src': ['none'],
					'script-src': ['self'],
					'style-src': ['self'],
					'style-src-attr': ['unsafe-hashes', `sha256-${announcerHash}`],
					'img-src': ['self', 'data:'],
					'font-src': ['self'],
					'connect-src': ['self'],
					'manifest-src': ['self'],
					'base-uri': ['none'],
					'form-action': ['self'],
					'frame-ancestors': ['none'],
					'object-src': ['none']
				}
			},
			// Small styles come with the page; the shared ones are a file that is kept for ever.
			inlineStyleThreshold: 10_000,
			version: { pollInterval: 0 }
		})
	],
	build: { target: 'es2022' },
	environments: {
		client: {
			build: {
				rolldownOptions: {
					output: {
						codeSplitting: {
							groups: [
								// Many small files cost more round trips than they save bytes: what pages share comes in one.
								{ name: 'shared', test: isShared, minShareCount: 2, priority: 2 },
								{ name: 'frame', test: FRAME, minShareCount: 2 },
								{ name: 'account', test: (id) => ACCOUNT.test(id) && !ACCOUNT_PAGE.test(id), minShareCount: 2 },
								{ name: 'bodies', test: (id) => BODIES.test(id) && !LATER.test(id), minShareCount: 2 }
							]
						}
					}
				}
			}
		}
	}
});
