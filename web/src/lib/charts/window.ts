/** Tells the server how wide the window is, so that it draws each chart once and for this window. */
import { invalidateAll } from '$app/navigation';
import { WINDOW_COOKIE, cookieName, readWindow } from '../preferences.ts';

/** Up to a tenth more or less, a picture drawn for the old width still reads well. */
const NEARLY = 0.1;
/** Somebody who drags a window is not done before it has rested so long. */
const REST_MS = 250;
const YEAR = 365 * 24 * 3600;

/** Follows the window until the answer is called. */
export function followWindow(): () => void {
	let told = tell();
	let resting: ReturnType<typeof setTimeout> | undefined;
	const resized = () => {
		clearTimeout(resting);
		resting = setTimeout(() => {
			if (Math.abs(width() / told - 1) <= NEARLY) return;
			told = tell();
			if (document.querySelector('.picture')) void invalidateAll();
		}, REST_MS);
	};
	addEventListener('resize', resized);
	return () => {
		clearTimeout(resting);
		removeEventListener('resize', resized);
	};
}

/** Without a scroll bar, which takes room from the charts. */
const width = () => document.documentElement.clientWidth;

function tell(): number {
	const told = width();
	if (readWindow(String(told)) !== null)
		document.cookie = `${cookieName(WINDOW_COOKIE, location)}=${told}; path=/; max-age=${YEAR}; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
	return told;
}
