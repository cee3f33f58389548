/** The warehouse that the environment names, and the one that a kept version is in. */
import type { VersionPlace } from '../../contracts/pointer.ts';
import type { Context } from '../context.ts';
import { PipelineError } from '../errors.ts';
import { bigqueryWarehouse } from './bigquery.ts';
import { duckdbWarehouse } from './duckdb.ts';
import type { Warehouse } from './warehouse.ts';

export type { Freshness, Warehouse } from './warehouse.ts';

export function warehouseOf({ home, environment }: Pick<Context, 'home' | 'environment'>): Warehouse {
	return environment.bigquery ? bigqueryWarehouse(environment.bigquery) : duckdbWarehouse(home);
}

/** @throws PipelineError when it is in BigQuery and the environment does not say where that is */
export function warehouseFor(context: Pick<Context, 'home' | 'environment'>, place: VersionPlace): Warehouse {
	if ('file' in place) return duckdbWarehouse(context.home);
	if (context.environment.bigquery) return bigqueryWarehouse(context.environment.bigquery);
	throw new PipelineError(`The version is the dataset ${place.dataset} of BigQuery, but ONELANE_WAREHOUSE is not "bigquery": set it.`);
}
