/** Checks everything that onelane stands on, and says for each failing thing how to mend it. */
import type { Context } from './context.ts';
import { freshness, lastRefresh, pages, warehouse } from './doctor/data.ts';
import type { Finding } from './doctor/finding.ts';
import { accounts, home, permissions, secrets } from './doctor/home.ts';
import { clock, dbt, disk, node, port } from './doctor/machine.ts';

export async function examine(context: Context): Promise<Finding[]> {
	return [
		node(),
		await dbt(context),
		home(context),
		permissions(context),
		disk(context),
		clock(context),
		secrets(context),
		await port(context),
		pages(context),
		await accounts(context),
		await warehouse(context),
		freshness(context),
		lastRefresh(context)
	];
}
