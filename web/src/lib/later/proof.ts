/** Opens the proof that the address names, and closes it when the address no longer does. */
import { mount, unmount } from 'svelte';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { Locale } from '../format.ts';
import type { Messages } from '../messages/index.ts';
import { withParameters } from '../parameters.ts';
import ProofPanel from './ProofPanel.svelte';

/** Answers what ends the panel. */
export function showProof(id: string, locale: Locale): () => void {
	const { search } = page.url;
	const rest = withParameters({ pathname: `/proof/${encodeURIComponent(id)}`, search }, { proof: null });
	let open = true;
	const panel = mount(ProofPanel, {
		target: document.body,
		props: {
			source: rest,
			locale,
			t: (page.data as { t: Messages }).t,
			onclose: () => {
				if (!open) return;
				const url = page.shallow?.url ?? page.url;
				// eslint-disable-next-line svelte/no-navigation-without-resolve -- this page's own address
				void goto(withParameters({ pathname: url.pathname, search: url.search }, { proof: null }), { shallow: true, replace: true });
			}
		}
	});
	return () => {
		open = false;
		void unmount(panel);
	};
}
