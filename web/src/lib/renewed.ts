/** Code of a page that is gone, since another release was deployed while the page was open. */

const KEY = 'onelane-renewed';
/** A page that fails again so soon after it was loaded anew is not helped by loading it once more. */
const SOON_MS = 60_000;

/**
 * Loads the page anew, once; it is `tell` that must say so when that did not help.
 * @param destination where the reader was on the way to, or is
 */
export function followRenewal(destination: () => string, tell: () => void): () => void {
	const failed = (event: Event) => {
		if (Date.now() - lastTime() < SOON_MS) {
			tell();
			return;
		}
		// The failure is dealt with: nobody needs to hear of it.
		event.preventDefault();
		remember();
		location.assign(destination());
	};
	addEventListener('vite:preloadError', failed);
	return () => removeEventListener('vite:preloadError', failed);
}

function lastTime(): number {
	try {
		return Number(sessionStorage.getItem(KEY) ?? 0);
	} catch {
		// Without storage it could go on for ever.
		return Date.now();
	}
}

function remember(): void {
	sessionStorage.setItem(KEY, String(Date.now()));
}
