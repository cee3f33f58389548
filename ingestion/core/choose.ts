/** Which files of a resource need to be read: those whose content, or whose way of being read, is new. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownFile } from '../destinations/destination.ts';
import { fingerprint, keepCopy, keptAs } from './files.ts';
import { sha256 } from './hmac.ts';
import type { FreshFile } from './load.ts';
import type { Task } from './plan.ts';
import { resourceName } from './resource.ts';
import { readingKey, type StagedFile } from './scan.ts';

export interface Choice {
	/** Files to read, each from its copy under `landing/`. */
	files: FreshFile[];
	/** Files whose former rows were read in another way, and give way to what is read now. */
	superseded: string[];
}

interface Printed extends StagedFile {
	/** Fingerprint of the content. */
	content: string;
	/** Fingerprint of mapping, time zone, encoding and delimiter. */
	way: string;
}

/** @param before files of the resource that were landed before */
export async function chooseFiles({ source, resource, files }: Task, before: readonly KnownFile[], home: string): Promise<Choice> {
	const folder = join(home, 'landing', landingFolder({ source, resource }));
	const printed: Printed[] = [];
	for (const file of files) printed.push({ ...file, content: await fingerprint(file.path, file.shown), way: wayOfReading(file) });
	const known = before.map(split);
	const otherwise = known.flatMap((old) => {
		const now = printed.find((file) => file.shown === old.path) ?? printed.find((file) => file.content === old.content);
		return now && now.way !== old.way ? [{ old, now }] : [];
	});
	const superseded = new Set(otherwise.map(({ old }) => old.path));
	const landed = new Set(known.filter(({ path }) => !superseded.has(path)).map(({ content, way }) => `${content}-${way}`));
	const again = otherwise.flatMap(({ old, now }) => formerContent(old, now, folder));
	const fresh = [...printed, ...again].filter((file) => !landed.has(`${file.content}-${file.way}`));
	// An extract that replaces is the whole truth only with all its files.
	const needed = resource.writeDisposition === 'replace' && fresh.length > 0 ? printed : fresh;
	const kept: FreshFile[] = [];
	for (const [print, file] of new Map(needed.map((file) => [`${file.content}-${file.way}`, file]))) {
		kept.push({ ...file, path: await keepCopy(file.path, file.shown, folder, file.content), fingerprint: print });
	}
	return { files: kept, superseded: [...superseded] };
}

/** Where the extracts of a resource are kept, below `landing/`. */
export function landingFolder({ source, resource }: Pick<Task, 'source' | 'resource'>): string {
	return join(source, resource.source === source ? resource.name : resourceName(resource));
}

function wayOfReading({ reading, delimiter, encoding, format }: StagedFile): string {
	return sha256(JSON.stringify([readingKey(reading), delimiter, encoding, format])).slice(0, 8);
}

interface Known {
	path: string;
	content: string;
	way: string;
}

function split({ path, fingerprint }: { path: string; fingerprint: string }): Known {
	const at = fingerprint.lastIndexOf('-');
	return { path, content: fingerprint.slice(0, at), way: fingerprint.slice(at + 1) };
}

/** What a path held before is kept under `landing/`: it is read again in the way that the path is read now. */
function formerContent(old: Known, now: Printed, folder: string): Printed[] {
	const path = keptAs(folder, old.path, old.content);
	return old.content !== now.content && existsSync(path) ? [{ ...now, path, shown: old.path, content: old.content }] : [];
}
