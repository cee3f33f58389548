/** What runs inside the measured page. Each function is sent there as text, so it stands on nothing outside itself. */

export interface Vitals {
	/** Largest contentful paint and total blocking time, in milliseconds. */
	lcp: number;
	tbt: number;
	/** Sum of layout shifts that nobody caused. */
	cls: number;
}

interface Observed extends Window {
	vitals?: Vitals;
}

/** Before the page's own scripts: collects its vitals. */
export function observeVitals(): void {
	const vitals: Vitals = { lcp: 0, tbt: 0, cls: 0 };
	(window as Observed).vitals = vitals;
	const observe = (type: string, take: (entry: PerformanceEntry & { value?: number; hadRecentInput?: boolean }) => void) =>
		new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
	observe('largest-contentful-paint', (entry) => (vitals.lcp = entry.startTime));
	observe('longtask', (entry) => (vitals.tbt += Math.max(0, entry.duration - 50)));
	observe('layout-shift', (entry) => {
		if (!entry.hadRecentInput) vitals.cls += entry.value ?? 0;
	});
}

export function readVitals(): Vitals {
	return (window as Observed).vitals ?? { lcp: NaN, tbt: NaN, cls: NaN };
}

/** Milliseconds from the start of the navigation until every chart of the finished page is painted. */
export function untilCharts(): Promise<number> {
	return new Promise((resolve) => {
		const look = () => {
			const pictures = [...document.querySelectorAll('figure.chart .picture')];
			const done =
				document.readyState !== 'loading' && document.querySelector('main h1') && pictures.every((picture) => picture.querySelector('svg'));
			if (done) requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
			else requestAnimationFrame(look);
		};
		look();
	});
}

/** Follows a link to `path` as a click does; milliseconds until its charts are painted and nothing is on its way. */
export function whenCharts(path: string): Promise<number> {
	const link = document.createElement('a');
	link.href = path;
	document.querySelector('main')?.append(link);
	const wanted = link.href;
	const began = performance.now();
	link.click();
	link.remove();
	return new Promise((resolve) => {
		const look = () => {
			const here = location.href === wanted && !document.querySelector('[aria-busy="true"]');
			const pictures = [...document.querySelectorAll('figure.chart .picture')];
			if (here && pictures.every((picture) => picture.querySelector('svg')))
				requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
			else requestAnimationFrame(look);
		};
		look();
	});
}
