/** What goes wrong while a version is built and published: a clear sentence, nothing half made left behind, and the last good version served. */
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { DatasetPointer } from '../../../contracts/pointer.ts';
import { bigQueryClient } from '../../../ingestion/destinations/bigquery-client.ts';
import type { Fault, ProxiedRequest } from '../../../testing/bigquery/proxy.ts';
import type { Build } from '../../build.ts';
import type { Context } from '../../context.ts';
import { publish } from '../../publish/index.ts';
import { rollback } from '../../publish/rollback.ts';
import { listVersions } from '../../publish/versions.ts';
import { refresh, timezoneOf } from '../../refresh.ts';
import { readRunResults } from '../../run-results.ts';
import { nextVersionName, readPointer, readRefresh } from '../../state.ts';
import { warehouseOf } from '../../warehouse/index.ts';
import { cube } from '../support.ts';
import type { House } from './house.ts';

const DENIED = { status: 403, reason: 'accessDenied', message: 'Access Denied: User does not have bigquery.jobs.create permission.' };
const QUOTA = {
	status: 403,
	reason: 'quotaExceeded',
	message: 'Quota exceeded: Your project exceeded quota for free query bytes scanned.'
};

const isOfDbt = ({ method, path, json }: ProxiedRequest) =>
	method === 'POST' && path.includes('/jobs') && json.includes('\\"app\\": \\"dbt');
const isLoad = ({ method, path }: ProxiedRequest) => method === 'POST' && path.includes('/upload/');
const isSettling = ({ method, path }: ProxiedRequest) => method === 'PATCH' && /\/datasets\/house_v\w+(\?|$)/.test(path);
const isOfFace = ({ method, json }: ProxiedRequest) => method === 'POST' && json.includes('create or replace view');

type Decide = (request: ProxiedRequest) => Fault | undefined;
const when =
	(matches: (request: ProxiedRequest) => boolean, fault: Fault): Decide =>
	(request) =>
		matches(request) ? fault : undefined;
const afterSome = (number: number, matches: (request: ProxiedRequest) => boolean, fault: Fault): Decide => {
	let seen = 0;
	return (request) => (matches(request) && seen++ >= number ? fault : undefined);
};

/** Tests of a house that is served; they leave it as it was. */
export function faultTests(house: () => House): void {
	let asked = 0;
	const served = () => readPointer(house().context.home) as DatasetPointer;
	/** Another question each time, so that no cache answers it. */
	const leads = async () =>
		(await cube(house().bigquery, { measures: ['leads.leads'], dimensions: ['leads.region_id'], limit: 1_000 + asked++ })).length;
	const client = () => bigQueryClient(house().settings);
	const datasets = async () => (await client().getDatasets())[0].map(({ id }) => id ?? '').filter((id) => id.startsWith('house_v'));

	afterEach(() => house().watch());

	async function leavesAll(work: () => Promise<unknown>, sentence: RegExp): Promise<void> {
		const before = served();
		await expect(work()).rejects.toThrow(sentence);
		house().watch();
		expect(served()).toEqual(before);
		expect(await leads()).toBeGreaterThan(0);
	}

	/** A version with some of the marts of the served one, ready to be published. */
	async function unpublished(): Promise<Build> {
		const { context } = house();
		const version = nextVersionName(new Date(), listVersions(context.home));
		const place = await warehouseOf(context).begin(version);
		const from = served().dataset;
		const to = 'dataset' in place ? place.dataset : '';
		for (const mart of ['rpt_source_freshness', 'rpt_funnel_events', 'fct_leads', 'dim_regions'])
			await client().query(`create table ${to}.${mart} as select * from ${from}.${mart}`);
		return { ...readRunResults(join(context.home, 'dbt', 'target')), version, place, wallSeconds: 0 };
	}

	const publishing = async (built: Build, said: string[] = []) => {
		const { options } = house();
		const progress = { ...options.progress, line: (text: string) => void said.push(text) };
		return publish(options.context, options.loaded.config, timezoneOf(options), built, progress);
	};

	test.each([
		['no quota for the results of its tests', isLoad, QUOTA, /A quota of project test-project is used up .*The last good version stays\./],
		['no right to finish it', isSettling, DENIED, /The account has no right to publish dataset house_v\w+ .*The last good version stays\./]
	] as const)('publishing with %s', async (_, matches, fault, sentence) => {
		const built = await unpublished();
		house().proxy.setFault(when(matches, fault));
		await leavesAll(() => publishing(built), sentence);
	});

	test('a version is served though the face for outsiders may not be turned, which is said; a rollback goes back', async () => {
		const before = served();
		const built = await unpublished();
		const said: string[] = [];
		house().proxy.setFault(when(isOfFace, DENIED));
		await publishing(built, said);
		expect(served().version).toBe(built.version);
		expect(said.join()).toMatch(/is served, but not everything around it is in order\. The account has no right to write the views/);
		house().watch();
		const { pointer } = await rollback(house().context, house().options.progress);
		expect(pointer.version).toBe(before.version);
		expect(await leads()).toBeGreaterThan(0);
		const [view] = await client().dataset('house_marts').table('fct_leads').getMetadata();
		expect((view as { view: { query: string } }).view.query).toContain(before.dataset);
	}, 240_000);

	test.each([
		[
			'of what new rows touch, whose jobs fail half way for want of quota',
			false,
			afterSome(20, isOfDbt, QUOTA),
			/The build stopped.* A quota of project test-project is used up .*The last good version stays/
		],
		[
			'of everything, without permission',
			true,
			when(isOfDbt, DENIED),
			/The build stopped.* The account has no right to build .*docs\/deploy\.md.*The last good version stays/
		]
	])(
		'a build %s',
		async (_, whole, decide, sentence) => {
			const before = await datasets();
			house().proxy.setFault(decide);
			await leavesAll(() => refresh({ ...house().options, land: false, whole }), sentence);
			expect(readRefresh(house().context.home)).toMatchObject({ status: 'failed', step: 'build' });
			expect(await datasets()).toEqual(before);
		},
		240_000
	);

	test('a build from raw that somebody changed in the warehouse since it was landed', async () => {
		const before = await datasets();
		const table = 'house_raw.crm__leads';
		const change = (statement: string) => client().query(`alter table ${table} ${statement}`);
		const building = () => refresh({ ...house().options, land: false });
		const mend = /Bring it back as it was .*run refresh again\. Nothing was built, and the last good version stays\.$/;
		const says = (what: string) => new RegExp(`^${what} ${mend.source}`);
		await change('rename column phone_hash to phone');
		await leavesAll(building, says(`Column phone_hash of table ${table} is gone from the warehouse, with what was landed in it\\.`));
		await change('add column phone_hash INT64');
		await leavesAll(building, says(`Column phone_hash of table ${table} is INT64 in the warehouse and must be STRING\\.`));
		await change('drop column phone_hash');
		await change('rename column phone to phone_hash');
		await change('rename to crm__elsewhere');
		await leavesAll(building, says(`Table ${table} is gone from the warehouse, with what was landed in it\\.`));
		await client().query('alter table house_raw.crm__elsewhere rename to crm__leads');
		expect(readRefresh(house().context.home)).toMatchObject({ status: 'failed', step: 'build' });
		expect(await datasets()).toEqual(before);
	}, 240_000);

	test('a build where nothing answers, and one told of another region', async () => {
		const { context, options } = house();
		const elsewhere = (changed: object): Context => ({
			...context,
			environment: { ...context.environment, bigquery: { ...house().settings, ...changed } }
		});
		const building = (changed: object) => refresh({ ...options, context: elsewhere(changed), land: false });
		await leavesAll(() => building({ endpoint: 'http://127.0.0.1:9' }), /BigQuery cannot be reached at http:\/\/127\.0\.0\.1:9 /);
		await leavesAll(
			() => building({ location: 'europe-west3' }),
			/Dataset house_raw is in US, and ONELANE_BIGQUERY_LOCATION is "europe-west3"/
		);
	}, 240_000);
}
