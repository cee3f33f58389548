/** Stamps: a step is done when the hash of everything it depends on is the one that was written after it finished. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SKIP = new Set(['node_modules', '.svelte-kit', '__pycache__', 'test-results']);

function* filesOf(path) {
	if (!existsSync(path)) return;
	const stat = lstatSync(path);
	if (stat.isFile()) yield path;
	else if (stat.isDirectory()) {
		for (const name of readdirSync(path).sort()) if (!SKIP.has(name)) yield* filesOf(join(path, name));
	}
}

/**
 * @param {string} root
 * @param {string[]} paths files and folders, relative to the root
 * @param {unknown[]} [values] anything else that the step depends on
 */
export function hashOf(root, paths, values = []) {
	const hash = createHash('sha256');
	for (const path of paths) {
		for (const file of filesOf(join(root, path))) {
			if (/\.test\.ts$/.test(file)) continue;
			hash
				.update(`${file.slice(root.length)}\0`)
				.update(readFileSync(file))
				.update('\0');
		}
	}
	return hash.update(JSON.stringify(values)).digest('hex');
}

export function isStamped(file, hash) {
	try {
		return readFileSync(file, 'utf8').split('\n')[0] === hash;
	} catch {
		return false;
	}
}

/** @param {string} [note] kept in the second line for whoever reads the stamp later */
export function stamp(file, hash, note = '') {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(`${file}.new`, `${hash}\n${note}\n`);
	renameSync(`${file}.new`, file);
}

export function noteOf(file) {
	return readFileSync(file, 'utf8').split('\n')[1] || '';
}
