/** Progress of a command: one live line on a terminal, plain lines in a pipe, nothing with --json. Goes to stderr. */

export interface Progress {
	/** The last thing that happened; replaced by the next on a terminal, left out in a pipe. */
	tell(text: string): void;
	/** A line that stays. */
	line(text: string): void;
}

export const silent: Progress = { tell: () => undefined, line: () => undefined };

export function progressTo(stream: NodeJS.WriteStream): Progress {
	const live = stream.isTTY && !process.env['CI'];
	const clear = () => live && stream.write('\r\u001b[2K');
	return {
		tell(text) {
			if (live) stream.write(`\r\u001b[2K  … ${text}`.slice(0, stream.columns ?? 100));
		},
		line(text) {
			clear();
			stream.write(`${text}\n`);
		}
	};
}

export function elapsed(since: number): string {
	const seconds = (Date.now() - since) / 1000;
	return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}
