/** Figures for operators in the Prometheus text format (0.0.4), without a value of anybody's. */

/** Upper bounds of a request's seconds. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

type Labels = Record<string, string>;

interface Histogram {
	counts: number[];
	sum: number;
	count: number;
}

/** Requests by route, method and status, and how long they took. Routes are few: never a path as it was asked. */
export class RequestMetrics {
	readonly #process: string;
	readonly #counts = new Map<string, number>();
	readonly #times = new Map<string, Histogram>();

	/** @param process name of the server, which is part of each figure's name */
	constructor(process: string) {
		this.#process = process;
	}

	add(route: string, method: string, status: number, seconds: number): void {
		const key = labelled({ route, method, status: String(status) });
		this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
		const name = labelled({ route });
		const times = this.#times.get(name) ?? { counts: BUCKETS.map(() => 0), sum: 0, count: 0 };
		for (const [index, bound] of BUCKETS.entries()) if (seconds <= bound) times.counts[index] = (times.counts[index] ?? 0) + 1;
		times.sum += seconds;
		times.count++;
		this.#times.set(name, times);
	}

	text(): string {
		const name = `onelane_${this.#process}_requests_total`;
		const took = `onelane_${this.#process}_request_seconds`;
		const lines = [
			`# TYPE ${name} counter`,
			...[...this.#counts].map(([key, count]) => `${name}${key} ${count}`),
			`# TYPE ${took} histogram`
		];
		for (const [key, { counts, sum, count }] of this.#times) {
			const inner = key.slice(1, -1);
			for (const [index, bound] of BUCKETS.entries()) lines.push(`${took}_bucket{${inner},le="${bound}"} ${counts[index]}`);
			lines.push(`${took}_bucket{${inner},le="+Inf"} ${count}`, `${took}_sum${key} ${sum}`, `${took}_count${key} ${count}`);
		}
		return `${lines.join('\n')}\n`;
	}
}

export interface Gauge {
	name: string;
	help: string;
	value: number;
	labels?: Labels;
	type?: 'gauge' | 'counter';
}

/** Figures of one name must stand together. */
export function gauges(all: readonly Gauge[]): string {
	let last = '';
	return all
		.map(({ name, help, value, labels, type = 'gauge' }) => {
			const head = name === last ? '' : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
			last = name;
			return `${head}${name}${labels ? labelled(labels) : ''} ${value}\n`;
		})
		.join('');
}

function labelled(labels: Labels): string {
	const escaped = (value: string) => value.replace(/[\\"\n]/g, (letter) => (letter === '\n' ? '\\n' : `\\${letter}`));
	return `{${Object.entries(labels)
		.map(([name, value]) => `${name}="${escaped(value)}"`)
		.join(',')}}`;
}
