/** A server as a child process: started, waited for, restarted when it crashes, stopped in peace. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { PipelineError } from '../errors.ts';
import { LogFile } from './log-file.ts';

/** Milliseconds: between two questions, for an answer, and for a server that was just started to listen. */
interface Probe {
	every: number;
	within: number;
	start: number;
}

export interface ServerSpec {
	name: string;
	/** Script that Node runs. */
	script: string;
	/** Of Node, before the script. */
	flags?: string[];
	cwd: string;
	env: Record<string, string | undefined>;
	/** Asked until it answers; any answer means "listening". */
	url: string;
	/** Asked all the time: a server that does not answer it hangs, and is ended and started again. */
	health: string;
	log: string;
	/** For tests, which have less time. */
	probe?: Probe;
}

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** A server that ran this long was well: the next crash starts from the first delay again. */
const WELL_AFTER = 60_000;
const PROBE: Probe = { every: 5_000, within: 10_000, start: 60_000 };
/** Unanswered questions in a row: one may be lost to a machine that is busy. */
const HANGS_AFTER = 3;
const DRAIN = 10_000;
const LISTEN_WITHIN = 120_000;
const POLL = 100;
const TAIL = 4_000;

export class Supervised {
	readonly spec: ServerSpec;
	#child: ChildProcess | null = null;
	#stopping = false;
	/** A server that never listened is not started again: it would fail the same way. */
	#listened = false;
	#delay = FIRST_DELAY;
	#launched = 0;
	#probing: NodeJS.Timeout | undefined;
	#unanswered = 0;
	#tail = '';
	#log: LogFile;
	#notify: (text: string) => void;

	/** @param notify gets a sentence when the server crashed and will be started again */
	constructor(spec: ServerSpec, notify: (text: string) => void) {
		this.spec = spec;
		this.#log = new LogFile(spec.log);
		this.#notify = notify;
	}

	/** What the server last said of itself, in the Prometheus text format. */
	metrics = '';
	restarts = 0;

	get pid(): number | undefined {
		return this.#child?.pid;
	}

	/** Resolves once it listens. @throws PipelineError with its last words when it ends before that */
	async start(): Promise<void> {
		this.#launch();
		const until = Date.now() + LISTEN_WITHIN;
		while (Date.now() < until) {
			if (await answers(this.spec.url)) {
				this.#listened = true;
				this.#probe();
				return;
			}
			if (this.#child === null)
				throw new PipelineError(`The ${this.spec.name} server ended at once (${lastWords(this.#tail)}): see ${this.spec.log}.`);
			await sleep(POLL);
		}
		throw new PipelineError(`The ${this.spec.name} server does not answer after ${LISTEN_WITHIN / 1000} s: see ${this.spec.log}.`);
	}

	/** From here on its end is no crash. */
	retire(): void {
		clearTimeout(this.#probing);
		this.#stopping = true;
	}

	async stop(): Promise<void> {
		this.retire();
		const child = this.#child;
		if (child !== null) {
			const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
			child.kill('SIGTERM');
			const timer = setTimeout(() => child.kill('SIGKILL'), DRAIN);
			await gone;
			clearTimeout(timer);
		}
		await this.#log.close();
	}

	#probe(): void {
		const probe = this.spec.probe ?? PROBE;
		this.#probing = setTimeout(() => {
			void this.#ask(probe).finally(() => {
				if (!this.#stopping) this.#probe();
			});
		}, probe.every);
		this.#probing.unref();
	}

	async #ask({ within, start }: Probe): Promise<void> {
		const child = this.#child;
		if (child === null) return;
		const well = await answers(this.spec.health, within);
		// One that was started meanwhile gets its time to listen.
		if (well || child !== this.#child || this.#stopping) {
			this.#unanswered = 0;
			return;
		}
		if (++this.#unanswered < HANGS_AFTER || Date.now() - this.#launched < start) return;
		this.#unanswered = 0;
		this.#notify(`The ${this.spec.name} server does not answer any more, though it runs: it is ended.`);
		// It may be stopped or in an endless loop, where only this signal reaches it.
		child.kill('SIGKILL');
	}

	#launch(): void {
		const began = Date.now();
		this.#launched = began;
		// The channel lets the server notice when its parent is gone, however that ended.
		const child = spawn(process.execPath, [...(this.spec.flags ?? []), this.spec.script], {
			cwd: this.spec.cwd,
			env: this.spec.env,
			stdio: ['ignore', 'pipe', 'pipe', 'ipc']
		});
		this.#child = child;
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding('utf8');
			stream?.on('data', (text: string) => {
				this.#tail = (this.#tail + text).slice(-TAIL);
				this.#log.write(text);
			});
		}
		child.on('message', (message) => {
			const { metrics } = message as { metrics?: unknown };
			if (typeof metrics === 'string') this.metrics = metrics;
		});
		child.on('error', (error) => this.#log.write(`${error.message}\n`));
		child.on('exit', (code, signal) => {
			this.#child = null;
			if (!this.#stopping && this.#listened) this.#restartAfter(Date.now() - began, code, signal);
		});
	}

	#restartAfter(lived: number, code: number | null, signal: NodeJS.Signals | null): void {
		if (lived > WELL_AFTER) this.#delay = FIRST_DELAY;
		const delay = this.#delay;
		this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY);
		this.#notify(
			`The ${this.spec.name} server ended (${signal ?? `exit code ${code}`}) and starts again in ${delay / 1000} s; its log is ${this.spec.log}.`
		);
		setTimeout(() => {
			if (this.#stopping) return;
			this.restarts++;
			this.#launch();
		}, delay).unref();
	}
}

async function answers(url: string, within = 5_000): Promise<boolean> {
	try {
		await (await fetch(url, { signal: AbortSignal.timeout(within) })).body?.cancel();
		return true;
	} catch {
		return false;
	}
}

const lastWords = (tail: string) => tail.trim().split('\n').at(-1)?.slice(0, 300) ?? 'without a word';
