/** A server of its own: the setting is for all of an installation. */
import { afterAll, beforeAll, describe } from 'vitest';
import { Place } from './testing/place.ts';
import { groups, SETTING } from './testing/suites/groups.ts';

const home = process.env.ONELANE_TEST_HOME;

describe.skipIf(!home)('with a minimum group size', () => {
	let place: Place;
	beforeAll(async () => {
		place = await Place.over(home ?? '', { SEMANTIC_MINIMUM_GROUP: SETTING });
	});
	afterAll(async () => place?.close());
	groups(() => place);
});
