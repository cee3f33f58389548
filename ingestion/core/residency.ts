/** Personal data stays where the brand says: refused before anything is uploaded. */
import type { Config } from '../../contracts/config.ts';
import { IngestError } from './errors.ts';
import type { Task } from './plan.ts';
import { resourceName } from './resource.ts';

/** Regions by country, after Google Cloud's list of BigQuery locations. The multi-region "EU" is in no one country. */
const REGIONS: Record<string, readonly string[]> = {
	AU: ['australia-southeast1', 'australia-southeast2'],
	BE: ['europe-west1'],
	BR: ['southamerica-east1'],
	CA: ['northamerica-northeast1', 'northamerica-northeast2'],
	CH: ['europe-west6'],
	CL: ['southamerica-west1'],
	DE: ['europe-west3', 'europe-west10'],
	ES: ['europe-southwest1'],
	FI: ['europe-north1'],
	FR: ['europe-west9'],
	GB: ['europe-west2'],
	HK: ['asia-east2'],
	ID: ['asia-southeast2'],
	IL: ['me-west1'],
	IN: ['asia-south1', 'asia-south2'],
	IT: ['europe-west8', 'europe-west12'],
	JP: ['asia-northeast1', 'asia-northeast2'],
	KR: ['asia-northeast3'],
	MX: ['northamerica-south1'],
	NL: ['europe-west4'],
	PL: ['europe-central2'],
	QA: ['me-central1'],
	SA: ['me-central2'],
	SE: ['europe-north2'],
	SG: ['asia-southeast1'],
	TH: ['asia-southeast3'],
	TW: ['asia-east1'],
	US: ['us', 'us-central1', 'us-east1', 'us-east4', 'us-east5', 'us-south1', 'us-west1', 'us-west2', 'us-west3', 'us-west4'],
	ZA: ['africa-south1']
};

/** @throws IngestError naming the location and the resources with personal fields that would go there */
export function assertResidency(residency: Config['residency'], location: string, tasks: readonly Task[]): void {
	if (!residency) return;
	const { country, locations } = residency;
	const own = REGIONS[country] ?? [];
	const allowed = [...own, ...locations].map((name) => name.toLowerCase());
	if (allowed.includes(location.toLowerCase())) return;
	const personal = tasks
		.filter(({ resource, files }) => files.length > 0 && resource.fields.some((field) => field.personal !== 'none'))
		.map(({ resource }) => resourceName(resource));
	if (personal.length === 0) return;
	const way =
		own.length > 0
			? `Use a location in ${country} (${own.join(', ')})`
			: `BigQuery has no region in ${country}: keep the data on DuckDB, choose the project of another country`;
	throw new IngestError(
		`ONELANE_BIGQUERY_LOCATION is "${location}", which is not in ${country}, where residency in the configuration keeps personal data; ` +
			`${[...new Set(personal)].join(', ')} hold some. Nothing was uploaded. ${way}, or allow the location in residency.locations.`
	);
}
