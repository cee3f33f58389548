/** Text encodings of files: everything becomes UTF-8, and a file that is not what it was said to be is refused. */
import { isUtf8 } from 'node:buffer';
import { Transform, type TransformCallback } from 'node:stream';
import { IngestError } from './errors.ts';

export type Encoding = 'utf-8' | 'utf-16' | 'latin-1';

/** @param bytes whole lines, of which the first is line `first` of the file */
export function assertUtf8(bytes: Buffer, file: string, first: number): void {
	if (bytes.includes(0))
		throw new IngestError(`File ${file} holds NUL bytes: it is not UTF-8 text. If it is UTF-16, set encoding: 'utf-16'.`);
	if (isUtf8(bytes)) return;
	const lines = bytes.toString('latin1').split('\n');
	const line = first + lines.findIndex((text) => !isUtf8(Buffer.from(text, 'latin1')));
	throw new IngestError(
		`File ${file}, line ${line}: these bytes are not UTF-8. If the file is Latin-1 or UTF-16, set its encoding; else export it as UTF-8.`
	);
}

/** The streams that turn the bytes of `encoding` into UTF-8: none when they already are. */
export function toUtf8(encoding: Encoding, file: string): Transform[] {
	if (encoding === 'utf-8') return [];
	return [encoding === 'utf-16' ? new Utf16(file) : new Latin1(file)];
}

class Utf16 extends Transform {
	readonly #file: string;
	#decoder: TextDecoder | undefined;

	constructor(file: string) {
		super();
		this.#file = file;
	}

	override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
		this.#decode(chunk, true, done);
	}

	override _flush(done: TransformCallback): void {
		this.#decode(Buffer.alloc(0), false, done);
	}

	#decode(chunk: Buffer, stream: boolean, done: TransformCallback): void {
		try {
			this.#decoder ??= utf16Decoder(chunk);
			done(null, Buffer.from(this.#decoder.decode(chunk, { stream }), 'utf8'));
		} catch {
			done(
				new IngestError(
					`File ${this.#file} is not UTF-16, though its encoding says so. Set encoding: 'utf-8' if it is UTF-8, or export it again.`
				)
			);
		}
	}
}

/** By its byte order mark, else by where the zero bytes of ASCII characters are. */
function utf16Decoder(start: Buffer): TextDecoder {
	const [first, second] = start;
	if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true });
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
	if (start.length > 0 && !start.subarray(0, 4096).includes(0)) throw new TypeError('No UTF-16.');
	return new TextDecoder(first === 0 ? 'utf-16be' : 'utf-16le', { fatal: true });
}

/** Any bytes are valid Latin-1; text that is valid UTF-8 beyond ASCII, though, hardly ever is Latin-1. */
class Latin1 extends Transform {
	readonly #file: string;
	readonly #strict = new TextDecoder('utf-8', { fatal: true });
	readonly #decoder = new TextDecoder('latin1');
	#couldBeUtf8 = true;
	#beyondAscii = false;

	constructor(file: string) {
		super();
		this.#file = file;
	}

	override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
		if (chunk.includes(0)) return done(this.#wrong('UTF-16'));
		this.#probe(chunk, true);
		done(null, Buffer.from(this.#decoder.decode(chunk), 'utf8'));
	}

	override _flush(done: TransformCallback): void {
		this.#probe(Buffer.alloc(0), false);
		done(this.#couldBeUtf8 && this.#beyondAscii ? this.#wrong('UTF-8') : null);
	}

	#probe(chunk: Buffer, stream: boolean): void {
		if (!this.#couldBeUtf8) return;
		try {
			const text = this.#strict.decode(chunk, { stream });
			this.#beyondAscii ||= text.length !== Buffer.byteLength(text);
		} catch {
			this.#couldBeUtf8 = false;
		}
	}

	#wrong(real: string): IngestError {
		return new IngestError(`File ${this.#file} is ${real}, though its encoding says Latin-1. Set encoding: '${real.toLowerCase()}'.`);
	}
}
