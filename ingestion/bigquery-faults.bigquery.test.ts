/** What goes wrong on the way to BigQuery: a clear sentence, the last good state untouched, and a retry that never lands twice. */
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { emulatorSettings } from '../testing/bigquery/emulator.ts';
import { type Fault, type ProxiedRequest, type Proxy, startProxy } from '../testing/bigquery/proxy.ts';
import { onBoth, ownPrefix, type Pair } from './bigquery-testing.ts';
import { bigQueryClient } from './destinations/bigquery-client.ts';
import { csv, line, TestHome } from './testing.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });
const direct = inject('bigQueryDirect');

const isUpload = ({ method, path }: ProxiedRequest) => method === 'POST' && path.includes('/upload/');
const isCommit = ({ method, json }: ProxiedRequest) => method === 'POST' && json.includes('begin transaction');
const once = (matches: (request: ProxiedRequest) => boolean, fault: Fault) => {
	let met = false;
	return (request: ProxiedRequest) => {
		if (met || !matches(request)) return undefined;
		met = true;
		return fault;
	};
};
const always = (matches: (request: ProxiedRequest) => boolean, fault: Fault) => (request: ProxiedRequest) =>
	matches(request) ? fault : undefined;

describe.skipIf(direct === null)('one brand, with what was landed before', () => {
	let proxy: Proxy;
	let both: Pair;
	let files = 0;

	beforeAll(async () => {
		proxy = await startProxy(direct ?? '');
		both = onBoth(emulatorSettings(proxy.url, ownPrefix()), new TestHome());
		both.write('extracts/shop/leads-0.csv', csv(line({ id: 'first' })));
		await both.landSame();
	});
	afterAll(async () => {
		both.dispose();
		await proxy.close();
	});
	/** Each test lands one more file, and so proves that all before it left a good state. */
	beforeEach(() => {
		files++;
		both.write(
			`extracts/shop/leads-${files}.csv`,
			csv(line({ id: `a${files}` }), line({ id: `b${files}`, phone: `1391234${1000 + files}` }))
		);
	});

	/** Fails with the sentence, changes nothing, and lands once when the fault is gone. */
	async function failsOnce(decide: Parameters<Proxy['setFault']>[0], sentence: string | RegExp): Promise<Error> {
		const before = await both.everything();
		proxy.setFault(decide);
		const error = await both.landOnBigQuery().then(
			() => new Error('It did not fail.'),
			(thrown: Error) => thrown
		);
		proxy.setFault(undefined);
		expect(error.message).toMatch(sentence);
		expect(await both.everything()).toBe(before);
		await both.landSame();
		return error;
	}

	test('no permission: refused at once, with the roles that are missing', async () => {
		const message = 'Access Denied: Project test-project: User does not have bigquery.jobs.create permission in project test-project.';
		const asked: string[] = [];
		await failsOnce((request) => {
			if (!isUpload(request)) return undefined;
			asked.push(request.path);
			return { status: 403, reason: 'accessDenied', message };
		}, /The account has no right to land what was delivered in project test-project: give it the roles of docs\/deploy\.md\. \(Access Denied.*nothing of this load was/);
		expect(asked.length).toBeLessThanOrEqual(2);
	});

	test('a quota that is used up for a moment is waited for', async () => {
		const tried: number[] = [];
		proxy.setFault((request) => {
			if (!isCommit(request) || tried.push(request.number) > 2) return undefined;
			return { status: 403, reason: 'quotaExceeded', message: 'Quota exceeded: Your project exceeded quota for concurrent queries.' };
		});
		expect(await both.landSame()).toMatchObject({ rows_landed: 2 });
		proxy.setFault(undefined);
		expect(tried.length).toBe(3);
	});

	test.each([
		[403, 'quotaExceeded'],
		[429, 'rateLimitExceeded']
	])('a quota that stays used up (%i %s) ends after a few tries', async (status, reason) => {
		let tried = 0;
		await failsOnce((request) => {
			if (!isUpload(request) || !request.path.includes('uploadType')) return undefined;
			tried++;
			return { status, reason, message: 'Quota exceeded: Your table exceeded quota for imports.' };
		}, /A quota of project test-project is used up .*raise it .*\(Quota exceeded: Your table exceeded quota for imports\.\).*nothing of this load was/);
		// Rows and identifiers, four times each.
		expect(tried).toBeGreaterThanOrEqual(4);
		expect(tried).toBeLessThanOrEqual(8);
	});

	test('a job that fails half way leaves nothing of its transaction', async () => {
		// The emulator does all that comes before the last statement; there the script ends with an error, as BigQuery ends one that lost its slots.
		const error = await failsOnce(
			rewrite((script) =>
				script.replace('commit transaction;', "select error('Resources exceeded during query execution');\ncommit transaction;")
			),
			/BigQuery could not do it \(land what was delivered in job onelane_t\w+_raw_shop__leads_[0-9a-f]{24}_1\): .*Resources exceeded/
		);
		expect(error.message).toContain('nothing of this load was');
	});

	test('a row that is too large is named by file and line', async () => {
		await failsOnce(
			failedJob('_rows_', {
				reason: 'invalid',
				message: 'Error while reading data, error message: Row 2 has a field note larger than the maximum allowed size of 104857600 bytes.'
			}),
			new RegExp(
				`BigQuery refused rows for table shop__leads from "shop" \\(job onelane_\\w+\\): shop/leads-\\d+.csv, line \\d, column note: Error while reading data.*Correct the rows`
			)
		);
	});

	test('an answer that is lost after the commit is looked up, not sent again', async () => {
		proxy.setFault(once(isCommit, { lost: 'answer' }));
		expect(await both.landSame()).toMatchObject({ rows_read: 2, rows_landed: 2 });
		proxy.setFault(undefined);
	});

	test('an upload that breaks off is sent again', async () => {
		proxy.setFault(once(isUpload, { lost: 'request' }));
		expect(await both.landSame()).toMatchObject({ rows_read: 2, rows_landed: 2 });
		proxy.setFault(undefined);
	});

	test('an overloaded service (503) is tried again', async () => {
		proxy.setFault(once(isCommit, { status: 503, reason: 'backendError', message: 'Service unavailable.' }));
		expect(await both.landSame()).toMatchObject({ rows_landed: 2 });
		proxy.setFault(undefined);
	});

	test('another landing that was committed meanwhile: nothing is landed side by side', async () => {
		const { dataset } = both.settings;
		let moved = false;
		proxy.setFault(async (request) => {
			if (moved || !isCommit(request)) return undefined;
			moved = true;
			const other = bigQueryClient(emulatorSettings(direct ?? '', dataset));
			await other.query(`update ${dataset}_raw._head set load_number = load_number + 1 where true`);
			return undefined;
		});
		await expect(both.landOnBigQuery()).rejects.toThrow(
			`Another landing was committed to ${dataset}_raw while shop.leads from "shop" was on its way`
		);
		proxy.setFault(undefined);
		expect(await both.landSame()).toMatchObject({ rows_landed: 2 });
	});

	test('what drifted in the warehouse is refused with its name, and a column that is new in the resource is added', async () => {
		const { dataset } = both.settings;
		const client = bigQueryClient(both.settings);
		const table = `${dataset}_raw.shop__leads`;
		await client.query(`alter table ${table} rename column note to remark`);
		await expect(both.landOnBigQuery()).rejects.toThrow(`Column note of table ${table} is gone from the warehouse`);
		await client.query(`alter table ${table} rename column remark to note`);
		await both.landSame();
		both.write(`extracts/shop/leads-more.csv`, csv(line({ id: 'more' })));
		await client.query(`delete from ${dataset}_raw._columns where path = '${table}.note'; alter table ${table} drop column note`);
		await both.landOnBigQuery();
		const [rows] = await client.query(`select count(*) as n from ${table} where id = 'more' and note is null`);
		expect(rows).toEqual([{ n: 1 }]);
		await client.query(`alter table ${table} drop column pieces; alter table ${table} add column pieces STRING`);
		await expect(both.landOnBigQuery()).rejects.toThrow(`Column pieces of table ${table} is STRING in the warehouse and must be INT64`);
		await client.query(`drop table ${dataset}_raw._quarantine`);
		await expect(both.landOnBigQuery()).rejects.toThrow(`Table ${dataset}_raw._quarantine is gone from the warehouse`);
	});

	/** The emulator gets another script than the one that was sent. */
	function rewrite(change: (script: string) => string): (request: ProxiedRequest) => Fault | undefined {
		return once(isCommit, { rewrite: (json) => JSON.stringify(changed(JSON.parse(json) as QueryJob, change)) });
	}
});

interface QueryJob {
	configuration: { query: { query: string } };
}

function changed(job: QueryJob, change: (script: string) => string): QueryJob {
	job.configuration.query.query = change(job.configuration.query.query);
	return job;
}

/** The emulator loads the table, but says that the job failed. */
function failedJob(part: string, problem: { reason: string; message: string }): (request: ProxiedRequest) => Fault | undefined {
	return always(({ method, path }) => method === 'GET' && path.includes('/jobs/onelane_') && path.includes(part), {
		body: { status: { state: 'DONE', errorResult: problem, errors: [problem] } }
	});
}

describe.skipIf(direct === null)('before anything is sent', () => {
	const brand = new TestHome();
	afterAll(() => brand.dispose());
	brand.write('extracts/shop/leads.csv', csv(line({ id: 'a' })));
	const landing = (more: Partial<ReturnType<typeof emulatorSettings>>, settings = {}) =>
		brand.land({ bigquery: { ...emulatorSettings(direct ?? '', ownPrefix()), ...more }, patience: { tries: 2, firstWait: 5 }, settings });

	test('an emulator that is not there', async () => {
		await expect(landing({ endpoint: 'http://127.0.0.1:9' })).rejects.toThrow(
			'BigQuery cannot be reached at http://127.0.0.1:9 (land what was delivered): check the network and ONELANE_BIGQUERY_ENDPOINT'
		);
	});

	test('a dataset that is in another location', async () => {
		const dataset = ownPrefix();
		await landing({ dataset });
		await expect(landing({ dataset, location: 'europe-west3' })).rejects.toThrow(
			`Dataset ${dataset}_raw is in US, and ONELANE_BIGQUERY_LOCATION is "europe-west3". Set it to "US"`
		);
	});

	test('a project that does not exist', async () => {
		const proxy = await startProxy(direct ?? '');
		proxy.setFault(() => ({ status: 404, reason: 'notFound', message: 'Not found: Project other-project' }));
		await expect(landing({ endpoint: proxy.url, project: 'other-project' })).rejects.toThrow(
			'The project other-project is not there or has no BigQuery (land what was delivered): check ONELANE_BIGQUERY_PROJECT'
		);
		await proxy.close();
	});

	test('personal fields outside the configured country: nothing leaves', async () => {
		const proxy = await startProxy(direct ?? '');
		const inUs = { endpoint: proxy.url };
		await expect(landing(inUs, { residency: { country: 'DE' } })).rejects.toThrow(
			'ONELANE_BIGQUERY_LOCATION is "US", which is not in DE, where residency in the configuration keeps personal data; shop.leads hold some. ' +
				'Nothing was uploaded. Use a location in DE (europe-west3, europe-west10), or allow the location in residency.locations.'
		);
		await expect(landing(inUs, { residency: { country: 'CN' } })).rejects.toThrow('BigQuery has no region in CN');
		expect(proxy.requests).toBe(0);
		expect(await landing(inUs, { residency: { country: 'DE', locations: ['us'] } })).toMatchObject({ rows_landed: 1 });
		await proxy.close();
	});
});
