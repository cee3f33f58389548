/** Keeps an unattended page fresh: looks for a new version, and says when it cannot. One timer, one request at a time, nothing kept. */

export interface WallWatch {
	/** Version of the data that is shown. */
	version: () => string;
	/** Every half minute: the time, so that ages are true. */
	tick: (now: string) => void;
	/** Fetches the new data; the old picture stays until it is there. */
	renew: () => Promise<void>;
	trouble: (what: 'offline' | 'ended' | null) => void;
}

export const LOOK_EVERY_MS = 30_000;
const PATIENCE_MS = 20_000;

/** Starts watching; call what it returns to stop. */
export function watchVersion({ version, tick, renew, trouble }: WallWatch): () => void {
	let busy = false;
	let stopped = false;
	let awake: WakeLockSentinel | undefined;

	async function look(): Promise<void> {
		tick(new Date().toISOString());
		if (busy) return;
		busy = true;
		try {
			const response = await fetch('/wall/version', { signal: AbortSignal.timeout(PATIENCE_MS), headers: { accept: 'application/json' } });
			if (stopped) return;
			if (response.redirected || response.status === 401) {
				trouble('ended');
				return;
			}
			if (!response.ok) throw new Error(String(response.status));
			const { version: served } = (await response.json()) as { version: string | null };
			if (served !== null && served !== version()) await renew();
			if (!stopped) trouble(null);
		} catch {
			if (!stopped) trouble('offline');
		} finally {
			busy = false;
		}
	}

	/** The screen stays on, where the browser can see to it; the lock is lost whenever the page was hidden. */
	async function stayAwake(): Promise<void> {
		if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
		awake = await navigator.wakeLock.request('screen').catch(() => undefined);
	}

	const timer = setInterval(() => void look(), LOOK_EVERY_MS);
	const onVisible = () => void stayAwake();
	document.addEventListener('visibilitychange', onVisible);
	void stayAwake();
	return () => {
		stopped = true;
		clearInterval(timer);
		document.removeEventListener('visibilitychange', onVisible);
		void awake?.release();
	};
}
