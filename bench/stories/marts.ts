/** Marts of many worlds: the project's models as dbt compiled them once, run again over the raw data of each. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

interface Node {
	unique_id: string;
	resource_type: string;
	/** Name by which the compiled SQL knows the file that it was run in. */
	database: string;
	schema: string;
	alias: string;
	config: { materialized: string };
	compiled_code?: string;
	depends_on: { nodes?: string[] };
}

/** What one real build left: its file, and the SQL of its models in the order of their dependencies. */
export interface Template {
	file: string;
	nodes: Node[];
}

export function readTemplate(file: string, target: string): Template {
	const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8')) as { nodes: Record<string, Node> };
	const wanted = Object.values(manifest.nodes).filter(({ resource_type }) => resource_type === 'model' || resource_type === 'seed');
	const known = new Map(wanted.map((node) => [node.unique_id, node]));
	const ordered: Node[] = [];
	const visited = new Set<string>();
	const visit = (node: Node): void => {
		if (visited.has(node.unique_id)) return;
		visited.add(node.unique_id);
		for (const parent of node.depends_on.nodes ?? []) {
			const found = known.get(parent);
			if (found) visit(found);
		}
		ordered.push(node);
	};
	wanted.forEach(visit);
	return { file, nodes: ordered };
}

/** Writes the marts of one world into a new file. */
export async function buildWorld({ file: template, nodes }: Template, raw: string, file: string): Promise<void> {
	const own = basename(file, '.duckdb');
	const instance = await DuckDBInstance.create(file, { preserve_insertion_order: 'false', memory_limit: '2GB', threads: '1' });
	const connection = await instance.connect();
	try {
		await connection.run("set TimeZone = 'UTC'");
		await connection.run(`attach '${raw}' as landing (read_only)`);
		await connection.run(`attach '${template}' as template (read_only)`);
		for (const schema of new Set(nodes.map((node) => node.schema))) await connection.run(`create schema if not exists "${schema}"`);
		for (const { schema, alias, database, resource_type, config, compiled_code } of nodes) {
			const name = `"${own}"."${schema}"."${alias}"`;
			if (resource_type === 'seed') await connection.run(`create table ${name} as select * from template."${schema}"."${alias}"`);
			else {
				const kind = config.materialized === 'view' ? 'view' : 'table';
				await connection.run(`create ${kind} ${name} as ${(compiled_code ?? '').replaceAll(`"${database}".`, `"${own}".`)}`);
			}
		}
		// Views point at raw, which the servers don't know; nothing asks them. What the pipeline adds when it seals a version is empty here.
		const views = nodes.filter(({ config }) => config.materialized === 'view');
		for (const { schema, alias } of views) await connection.run(`drop view "${own}"."${schema}"."${alias}"`);
		await connection.run(`create table if not exists marts.rpt_test_results as select * from template.marts.rpt_test_results limit 0`);
		await connection.run('detach landing');
		await connection.run('detach template');
		await connection.run('checkpoint');
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
}
