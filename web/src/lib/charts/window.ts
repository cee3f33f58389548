/** Tells the server how wide the window is, so that it draws each chart once and for this window. */
import { invalidateAll } from '$app/navigation';
import { WINDOW_COOKIE, cookieName } from '../preferences.ts';

/** Up to a tenth more or less, a picture drawn for the old width still reads well. */
const NEARLY = 0.1;
/** Somebody who drags a window is not done before it has rested so long. */
const REST_MS = 250;
const YEAR = 365 * 24 * 3600;

/** Follows the window until the answer is called. */
export function followWindow(): () => void {
	const name = cookieName(WINDOW_COOKIE, location);
	/** What the pictures on the page were drawn for; nothing where the server drew them for all windows. */
	let told = parseInt(document.cookie.split(`${name}=`)[1] ?? '');
	let resting: ReturnType<typeof setTimeout> | undefined;
	const look = () => {
		// Without a scroll bar, which takes room from the charts.
		const width = document.documentElement.clientWidth;
		if (Math.abs(width / told - 1) <= NEARLY) return;
		document.cookie = `${name}=${width}; path=/; max-age=${YEAR}; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
		if (told && document.querySelector('.picture')) void invalidateAll();
		told = width;
	};
	const resized = () => {
		clearTimeout(resting);
		resting = setTimeout(look, REST_MS);
	};
	look();
	addEventListener('resize', resized);
	return () => {
		clearTimeout(resting);
		removeEventListener('resize', resized);
	};
}
