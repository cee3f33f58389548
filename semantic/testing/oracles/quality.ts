import { counted, per, total } from './oracle.ts';

/** Three reports that have nothing to do with each other, asked one at a time; members carry the report's name. */
export const quality: Record<string, { table: string; group: [member: string, column: string]; measures: Record<string, string> }> = {
	source_freshness: {
		table: 'marts.rpt_source_freshness',
		group: ['source', 'source'],
		measures: {
			sources: 'count(*)',
			rows_landed: total('rows_landed'),
			rows_quarantined: total('rows_quarantined'),
			max_lag_hours: 'max(lag_hours)'
		}
	},
	quarantine: {
		table: 'marts.rpt_quarantine',
		group: ['source', 'source'],
		measures: { reasons: 'count(*)', rows: total('rows_quarantined') }
	},
	test: {
		table: 'marts.rpt_test_results',
		group: ['model', 'model'],
		measures: {
			runs: 'count(*)',
			passed: counted("status = 'pass'"),
			failed: counted("status <> 'pass'"),
			pass_rate: per(counted("status = 'pass'"), 'count(*)')
		}
	}
};
