/** A server's output in a file that does not grow without end: past its size it is moved aside once, at the next write. */
import { type WriteStream, createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST = 20 * 1024 * 1024;

export class LogFile {
	readonly path: string;
	#stream: WriteStream;
	#size: number;

	constructor(path: string) {
		this.path = path;
		mkdirSync(dirname(path), { recursive: true });
		this.#size = existsSync(path) ? statSync(path).size : 0;
		this.#stream = createWriteStream(path, { flags: 'a' });
	}

	write(text: string): void {
		if (this.#size > LARGEST) {
			this.#stream.end();
			renameSync(this.path, `${this.path}.1`);
			this.#stream = createWriteStream(this.path, { flags: 'a' });
			this.#size = 0;
		}
		this.#size += Buffer.byteLength(text);
		this.#stream.write(text);
	}

	async close(): Promise<void> {
		return new Promise((resolve) => this.#stream.end(resolve));
	}
}
