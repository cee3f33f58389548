/** Everything that needs the server and data: one server for all, for it takes seconds to start. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';
import { Place } from './testing/place.ts';
import { caching } from './testing/suites/caching.ts';
import { leaving } from './testing/suites/leaving.ts';
import { metrics } from './testing/suites/metrics.ts';
import { policy } from './testing/suites/policy.ts';
import { protocol } from './testing/suites/protocol.ts';
import { versions } from './testing/suites/versions.ts';

const home = process.env.ONELANE_TEST_HOME;
if (!home)
	process.stderr.write(
		'\n  SKIPPED: the semantic layer is not compared with data. Set ONELANE_TEST_HOME to a refreshed home, or run "npm test".\n\n'
	);
else if (!existsSync(`${home}/current.json`))
	throw new Error(`ONELANE_TEST_HOME is ${home}, where nothing is published: refresh it first.`);

describe.skipIf(!home)('the semantic server over a refreshed home', () => {
	let place: Place;
	const at = () => place;

	beforeAll(async () => {
		place = await Place.over(home ?? '');
	});
	afterAll(async () => place?.close());

	describe('metrics', () => metrics(at));
	describe('policy', () => policy(at));
	describe('protocol', () => protocol(at));
	describe('caching', () => caching(at));
	describe('versions', () => versions(at));
	// Ends the server: the last.
	describe('leaving', () => leaving(at));
});
