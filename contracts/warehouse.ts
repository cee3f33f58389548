/** Where a warehouse is and what its places are called: what landing, dbt, publishing and the semantic layer agree on. */

import { isLoopback } from './environment.ts';

export interface BigQuerySettings {
	project: string;
	/** Address of an emulator or private endpoint, without a slash at its end; undefined: Google's own. */
	endpoint: string | undefined;
	/** Region or multi-region of every dataset, such as "europe-west3" or "EU". */
	location: string;
	/** First part of the name of every dataset; a tenant is one prefix. */
	dataset: string;
}

/** On loopback there is an emulator: it takes no credentials, and none may be sent there. */
export const isEmulator = ({ endpoint }: Pick<BigQuerySettings, 'endpoint'>): boolean =>
	endpoint !== undefined && isLoopback(new URL(endpoint).hostname);

/** Landed rows `<source>__<resource>`, and `_quarantine`, `_loads`, `_cursors`, `_files`, `_head`. */
export const rawDataset = ({ dataset }: Pick<BigQuerySettings, 'dataset'>) => `${dataset}_raw`;

/** Plain personal values, `identifiers` and `id_key`: only landing and erasing may read it. */
export const restrictedDataset = ({ dataset }: Pick<BigQuerySettings, 'dataset'>) => `${dataset}_restricted`;

/** Marts of one version. */
export const versionDataset = ({ dataset }: Pick<BigQuerySettings, 'dataset'>, version: string) =>
	`${dataset}_${version.replaceAll('-', '_')}`;

/** What only the build of a version needs: staging views, intermediate tables, seeds. It goes when the version is published. */
export const workDataset = (versionDataset: string) => `${versionDataset}_work`;

/** What the next increment needs of a version beside its marts. */
export const keptDataset = (versionDataset: string) => `${versionDataset}_kept`;

/** Views on the published version, the face for outsiders. */
export const faceDataset = ({ dataset }: Pick<BigQuerySettings, 'dataset'>) => `${dataset}_marts`;
