/** What landing asks of a warehouse: what it has seen, and to take a load whole or not at all. */
import type { Counts, Load } from '../core/load.ts';

export interface Committed {
	landed: number;
	changed: number;
	tombstoned: number;
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
	/**
	 * Appends the new rows of `scratch.staged`, its quarantine, restricted values, log, cursor and files in
	 * one transaction.
	 */
	commit(load: Load, counts: Counts): Promise<Committed>;
}
