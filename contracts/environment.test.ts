import { expect, test } from 'vitest';
import { EnvironmentError, readEnvironment } from './environment.ts';

const bigquery = {
	ONELANE_WAREHOUSE: 'bigquery',
	ONELANE_BIGQUERY_PROJECT: 'brand-analytics',
	ONELANE_BIGQUERY_LOCATION: 'europe-west3'
};

test('DuckDB is the warehouse unless another is named, and BigQuery settings wait until then', () => {
	expect(readEnvironment({})).toMatchObject({ warehouse: 'duckdb', bigquery: undefined });
	expect(readEnvironment({ ...bigquery, ONELANE_WAREHOUSE: '' })).toMatchObject({ warehouse: 'duckdb', bigquery: undefined });
	expect(readEnvironment(bigquery).bigquery).toEqual({
		project: 'brand-analytics',
		location: 'europe-west3',
		endpoint: undefined,
		dataset: 'onelane'
	});
	expect(readEnvironment({ ...bigquery, ONELANE_BIGQUERY_ENDPOINT: 'http://127.0.0.1:9050/' }).bigquery?.endpoint).toBe(
		'http://127.0.0.1:9050'
	);
});

test.each([
	[{ ONELANE_WAREHOUSE: 'snowflake' }, 'ONELANE_WAREHOUSE must be "duckdb" or "bigquery".'],
	[{ ONELANE_BIGQUERY_PROJECT: '' }, 'ONELANE_BIGQUERY_PROJECT must name the Google Cloud project'],
	[{ ONELANE_BIGQUERY_PROJECT: 'Brand' }, 'ONELANE_BIGQUERY_PROJECT is no id of a Google Cloud project'],
	[{ ONELANE_BIGQUERY_LOCATION: '' }, 'ONELANE_BIGQUERY_LOCATION must say where its datasets are'],
	[{ ONELANE_BIGQUERY_DATASET: 'a-b' }, 'ONELANE_BIGQUERY_DATASET must be letters, digits and underscores'],
	[{ ONELANE_BIGQUERY_ENDPOINT: 'here' }, 'ONELANE_BIGQUERY_ENDPOINT is no address'],
	[{ ONELANE_BIGQUERY_ENDPOINT: 'http://bigquery.example.com' }, 'ONELANE_BIGQUERY_ENDPOINT must begin with "https://"']
])('%j is refused with a sentence', (wrong, message) => {
	expect(() => readEnvironment({ ...bigquery, ...wrong })).toThrow(EnvironmentError);
	expect(() => readEnvironment({ ...bigquery, ...wrong })).toThrow(message);
});
