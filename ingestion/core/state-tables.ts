/** Tables that landing keeps beside those of resources, in any warehouse: quarantine, logs, state, and the restricted values. */
import type { RawColumn } from './columns.ts';

export interface StateTable {
	name: string;
	columns: readonly RawColumn[];
}

const columns = (spec: string): RawColumn[] =>
	spec.split(', ').map((column) => {
		const [name = '', type = ''] = column.split(' ');
		return { name, type };
	});

export const QUARANTINE: StateTable = {
	name: '_quarantine',
	columns: columns(
		'_source varchar, _resource varchar, _batch_id varchar, _loaded_at timestamp, file varchar, line bigint, column_name varchar, value varchar, reason varchar, payload varchar'
	)
};

export const RAW_STATE: readonly StateTable[] = [
	QUARANTINE,
	{
		name: '_loads',
		columns: columns(
			'batch_id varchar, source varchar, resource varchar, started_at timestamp, finished_at timestamp, status varchar, ' +
				'rows_read bigint, rows_landed bigint, rows_changed bigint, rows_duplicate bigint, rows_quarantined bigint, seconds double'
		)
	},
	{ name: '_cursors', columns: columns('source varchar, resource varchar, cursor_value varchar, updated_at timestamp') },
	{
		name: '_files',
		columns: columns('source varchar, resource varchar, path varchar, fingerprint varchar, rows bigint, batch_id varchar')
	}
];

export const RESTRICTED_STATE: readonly StateTable[] = [
	{ name: 'identifiers', columns: columns('type varchar, hash varchar, value varchar, first_seen_at timestamp') },
	{ name: 'erased_identifiers', columns: columns('type varchar, hash varchar, erased_at timestamp') },
	{ name: 'erased_records', columns: columns('source varchar, resource varchar, key varchar, erased_at timestamp') },
	{ name: 'id_key', columns: columns('fingerprint varchar, created_at timestamp') }
];
