/** What landing asks of a warehouse: what it has seen, and to take a load whole or not at all. */
import type { Counts, Load } from '../core/load.ts';
import type { Erased } from '../core/withhold.ts';
import type { Workbench } from './workbench.ts';

export interface Committed {
	landed: number;
	changed: number;
	tombstoned: number;
	/** Seconds of the transaction itself, when all was staged. */
	mergeSeconds: number;
}

export interface KnownFile {
	/** As people know it. */
	path: string;
	/** Content, then how it was read: "<size>-<hash>-<reading>". */
	fingerprint: string;
}

export interface Destination {
	/** Files of this resource that are landed already. */
	knownFiles(source: string, resource: string): Promise<KnownFile[]>;
	/** Sources that ever landed something. */
	sources(): Promise<string[]>;
	/** Fingerprint of the key that identifiers here are hashed with; the given one when there was none yet. */
	keyFingerprint(mine: string): Promise<string>;
	/** Who was erased, as far as it concerns this resource; absent where nobody can be. */
	erased?(source: string, resource: string): Promise<Erased>;
	/**
	 * Takes what is staged in one transaction: the rows of `scratch.staged` that are new (see stagedColumns), the plain values
	 * in `identified` (type, value, hash), the bad rows in `quarantined`, and log, cursor and files. What was read before
	 * anything was left out is in `scratch.parsed` (see parsedColumns) and `rejects`.
	 */
	commit(load: Load, counts: Counts): Promise<Committed>;
}

/** A destination with the workbench that its loads are staged in. */
export interface Landing extends Destination, Workbench {
	/** Faults that people can do something about, as a sentence; others as they are. */
	explained(error: unknown): unknown;
}
