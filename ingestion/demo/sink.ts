/** Files of one resource: a file a month for what happens, one file for reference. Written in pieces, so that memory stays small. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Resource } from '../core/resource.ts';
import type { Instant } from './clock.ts';
import type { Row } from './extracts.ts';
import { csvHead, csvLine, isJson, jsonLine } from './lines.ts';
import { Mess, type Spoilt } from './mess.ts';
import type { Truth } from './truth.ts';

export interface WrittenResource {
	source: string;
	resource: string;
	files: number;
	/** Lines of data, malformed ones included. */
	rows: number;
}

interface Page {
	/** Path below the folder of extracts, with forward slashes. */
	file: string;
	text: string;
	lines: number;
}

const PIECE = 1 << 16;
const ZIPPED = new Set(['dms.orders']);

export class Sink {
	added = 0;
	readonly #folder: string;
	readonly #resource: Resource;
	readonly #truth: Truth;
	readonly #mess: Mess;
	readonly #pages = new Map<string, Page>();
	readonly #json: boolean;
	readonly #zipped: boolean;
	#rows = 0;

	constructor(folder: string, resource: Resource, seed: number, now: Instant, truth: Truth) {
		this.#folder = folder;
		this.#resource = resource;
		this.#truth = truth;
		this.#mess = new Mess(resource, seed, now);
		this.#json = isJson(resource);
		this.#zipped = ZIPPED.has(`${resource.source}.${resource.name}`);
	}

	add(row: Row): void {
		this.added += 1;
		for (const { row: sent, month, spoilt } of this.#mess.deliver(row)) {
			const page = this.#page(this.#resource.source === 'reference' ? '' : month);
			page.text += `${this.#json ? jsonLine(this.#resource, sent, spoilt) : csvLine(this.#resource.fields, sent, spoilt)}\n`;
			page.lines += 1;
			this.#rows += 1;
			if (spoilt) this.#truth.quarantined.push(quarantined(this.#resource, page, sent, spoilt));
			if (page.text.length > PIECE && !this.#zipped) this.#flush(page);
		}
	}

	close(): WrittenResource {
		if (this.#pages.size === 0) this.#page('');
		for (const page of this.#pages.values()) {
			if (this.#zipped) writeFileSync(join(this.#folder, page.file), gzipSync(page.text));
			else this.#flush(page);
		}
		return { source: this.#resource.source, resource: this.#resource.name, files: this.#pages.size, rows: this.#rows };
	}

	#page(month: string): Page {
		const known = this.#pages.get(month);
		if (known) return known;
		const { source, name, fields } = this.#resource;
		const ending = (this.#json ? 'ndjson' : 'csv') + (this.#zipped ? '.gz' : '');
		const head = this.#json ? '' : `${csvHead(fields)}\n`;
		const page = { file: `${source}/${name}${month && '-'}${month}.${ending}`, text: head, lines: this.#json ? 0 : 1 };
		mkdirSync(dirname(join(this.#folder, page.file)), { recursive: true });
		this.#pages.set(month, page);
		return page;
	}

	#flush(page: Page): void {
		appendFileSync(join(this.#folder, page.file), page.text);
		page.text = '';
	}
}

function quarantined(resource: Resource, page: Page, row: Row, spoilt: Spoilt) {
	const key = resource.primaryKey.map((field) => (field === spoilt.column ? spoilt.text : String(row[field] ?? ''))).join('|');
	return {
		source: resource.source,
		resource: resource.name,
		file: page.file,
		line: page.lines,
		record_id: key,
		column: spoilt.column,
		reason: spoilt.kind
	};
}
