/** The face for outsiders: one view a mart, in a dataset whose name stays while versions come and go. */
import type { Client } from './bigquery-client.ts';
import { tablesOf } from './bigquery.ts';

interface AccessEntry {
	dataset?: { dataset: { projectId: string; datasetId: string }; targetTypes: string[] };
}

/** Readers of the face need no right on the version behind it: the version trusts the face's views. */
export async function turnFace(client: Client, version: string, face: string): Promise<void> {
	const { project } = client.settings;
	await client.doing(`make dataset ${face}`, async (bigquery) => {
		const [there] = await bigquery.dataset(face).exists();
		if (!there) await bigquery.createDataset(face, { location: client.settings.location });
		const [metadata] = (await bigquery.dataset(version).getMetadata()) as unknown as [{ access?: AccessEntry[] }];
		const trusted: AccessEntry = { dataset: { dataset: { projectId: project, datasetId: face }, targetTypes: ['VIEWS'] } };
		const access = metadata.access ?? [];
		if (!access.some(({ dataset }) => dataset?.dataset.datasetId === face))
			await bigquery.dataset(version).setMetadata({ access: [...access, trusted] });
	});
	const marts = await tablesOf(client, version);
	const statements = marts.map(
		(mart) => `create or replace view \`${project}.${face}.${mart}\` as select * from \`${project}.${version}.${mart}\``
	);
	const gone = (await tablesOf(client, face))
		.filter((view) => !marts.includes(view))
		.map((view) => `drop view if exists \`${project}.${face}.${view}\``);
	await Promise.all([...statements, ...gone].map((statement) => client.rows(`write the views of ${face}`, statement, face)));
}
