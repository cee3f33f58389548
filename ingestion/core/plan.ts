/** What a configuration asks to land: for each source and resource its files and how to read them. Refused with a sentence when wrong. */
import { globSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Config, ExtractSource, MappedSource } from '../../contracts/config.ts';
import type { FieldSource, Reading } from './contract.ts';
import { IngestError } from './errors.ts';
import { type Resource, resourceName } from './resource.ts';
import type { StagedFile } from './scan.ts';

/** All files of one resource from one source. */
export interface Task {
	source: string;
	resource: Resource;
	files: StagedFile[];
	/** How a file is read that is no longer delivered. */
	like: Omit<StagedFile, 'path' | 'shown'>;
}

export interface PlanInput {
	config: Config;
	/** Folder of the configuration file: its paths are relative to it. */
	configDir: string;
	/** Business time zone, for sources that name none. */
	timezone: string;
	sources: Readonly<Record<string, readonly Resource[]>>;
	/** Sources ("crm") or resources ("crm.leads", "olist.crm.leads") to land; all when absent. */
	only?: readonly string[] | undefined;
	notice(message: string): void;
}

export function planTasks(input: PlanInput): Task[] {
	const tasks = new Map<string, Task>();
	for (const source of input.config.sources) {
		for (const task of source.kind === 'extracts' ? planExtracts(source, input) : planMapped(source, input)) {
			const key = `${task.source}.${resourceName(task.resource)}`;
			const known = tasks.get(key);
			if (known) known.files.push(...task.files);
			else tasks.set(key, task);
		}
	}
	return chosen([...tasks.values()], input.only);
}

function chosen(tasks: Task[], only: readonly string[] | undefined): Task[] {
	if (!only || only.length === 0) return tasks;
	const names = (task: Task) => [task.source, resourceName(task.resource), `${task.source}.${resourceName(task.resource)}`];
	const unknown = only.find((name) => !tasks.some((task) => names(task).includes(name)));
	if (unknown !== undefined) {
		throw new IngestError(`Nothing named "${unknown}" is configured. There is ${[...new Set(tasks.flatMap(names))].sort().join(', ')}.`);
	}
	return tasks.filter((task) => only.some((name) => names(task).includes(name)));
}

function planExtracts(source: ExtractSource, input: PlanInput): Task[] {
	const folder = resolve(input.configDir, source.folder);
	const present = entries(folder, source.folder);
	for (const name of source.sources ?? []) {
		if (!input.sources[name])
			throw new IngestError(`Source "${name}" in onelane.config.ts is unknown. Known are ${Object.keys(input.sources).join(', ')}.`);
	}
	for (const name of present) {
		const isFolder = statSync(join(folder, name)).isDirectory();
		if (isFolder && !input.sources[name]) input.notice(`Folder ${join(source.folder, name)} belongs to no known source and is not landed.`);
	}
	const names = source.sources ?? Object.keys(input.sources);
	return names.flatMap((name) => {
		const resources = input.sources[name] ?? [];
		const files = present.includes(name) ? entries(join(folder, name), join(source.folder, name)) : [];
		const tasks = resources.map((resource): Task => {
			const reading = ownShape(resource, source.timezone ?? input.timezone, name, input);
			return { source: name, resource, files: [], like: { format: 'csv', encoding: 'utf-8', delimiter: ',', reading } };
		});
		for (const file of files) {
			const shown = `${name}/${file}`;
			const match = /^(?<base>.+?)\.(?<format>csv|ndjson)(?:\.gz)?$/.exec(file)?.groups;
			const task = match && tasks.find(({ resource }) => match['base'] === resource.name || match['base']?.startsWith(`${resource.name}-`));
			if (!task) {
				throw new IngestError(
					`File ${join(source.folder, shown)} feeds no resource of ${name}. Name it <resource>[-anything].(csv|ndjson)[.gz], with one of ${resources.map((resource) => resource.name).join(', ')}; or take it away.`
				);
			}
			task.files.push({ ...task.like, path: join(folder, name, file), shown, format: match['format'] as 'csv' | 'ndjson' });
		}
		return tasks;
	});
}

/** Visible files and folders in order of name; half-written ones (.tmp, .part) wait for the next run. */
function entries(folder: string, shown: string): string[] {
	try {
		return readdirSync(folder)
			.filter((name) => !/^[._]|\.(tmp|part|arriving)$/.test(name))
			.sort();
	} catch {
		throw new IngestError(`Folder ${shown} of the extracts cannot be read. Check the folder in onelane.config.ts.`);
	}
}

function ownShape(resource: Resource, timezone: string, scope: string, { config }: PlanInput): Reading {
	const fields = Object.fromEntries(resource.fields.map(({ name }): [string, FieldSource] => [name, { column: name }]));
	return { resource, fields, strict: true, timezone, rules: { relayPrefixes: config.identifiers.relay_prefixes, scope } };
}

function planMapped(source: MappedSource, input: PlanInput): Task[] {
	if (input.sources[source.name]) {
		throw new IngestError(
			`A mapped source may not be named "${source.name}" as the built-in source of that name. Give it a name of its own in onelane.config.ts.`
		);
	}
	const all = Object.values(input.sources).flat();
	return source.resources.map((mapping) => {
		const resource = all.find((candidate) => resourceName(candidate) === mapping.feeds);
		if (!resource) {
			throw new IngestError(
				`Source "${source.name}" feeds "${mapping.feeds}", which is no resource. There is ${all.map(resourceName).join(', ')}.`
			);
		}
		const reading: Reading = {
			resource,
			fields: mappedFields(source.name, mapping, resource),
			strict: false,
			timezone: source.timezone ?? input.timezone,
			rules: { relayPrefixes: input.config.identifiers.relay_prefixes, scope: source.name }
		};
		const { format, encoding, delimiter } = mapping;
		if (!/^[\t -~]$/.test(delimiter) || delimiter === '"') {
			throw new IngestError(`Source "${source.name}" has the delimiter "${delimiter}". Give one ASCII character such as "," or ";".`);
		}
		const files = matching(mapping.path, source.name, input.configDir);
		const like = { format, encoding, delimiter, reading };
		return { source: source.name, resource, files: files.map((file) => ({ ...like, ...file })), like };
	});
}

function mappedFields(
	source: string,
	{ columns, feeds }: MappedSource['resources'][number],
	resource: Resource
): Record<string, FieldSource> {
	for (const field of Object.keys(columns)) {
		if (!resource.fields.some(({ name }) => name === field)) {
			throw new IngestError(
				`Source "${source}" maps "${field}", which ${feeds} does not have. It has ${resource.fields.map(({ name }) => name).join(', ')}.`
			);
		}
	}
	const missing = resource.fields.filter(({ name, required }) => required && !(name in columns));
	if (missing.length > 0) {
		const wanted = missing.map(({ name, meaning }) => `"${name}" (${meaning})`).join(', ');
		throw new IngestError(`Source "${source}" gives ${feeds} no ${wanted} Map it to a column or a constant: every row needs it.`);
	}
	return Object.fromEntries(Object.entries(columns).map(([field, value]) => [field, fieldSource(value)]));
}

function fieldSource(value: MappedSource['resources'][number]['columns'][string]): FieldSource {
	if (typeof value === 'string') return { column: value };
	if ('constant' in value) return { constant: value.constant };
	return {
		column: value.column,
		...(value.default !== undefined && { default: value.default }),
		...(value.values && { values: value.values })
	};
}

function matching(pattern: string, source: string, configDir: string): { path: string; shown: string }[] {
	const absolute = resolve(configDir, pattern);
	const isPattern = /[*?[{]/.test(pattern);
	const paths = isPattern ? globSync(absolute).sort() : [absolute];
	if (paths.length === 0) throw new IngestError(`No file matches ${pattern} of source "${source}". Check its path in onelane.config.ts.`);
	return paths.map((path) => ({ path, shown: shownAs(path, configDir) }));
}

function shownAs(path: string, configDir: string): string {
	const inside = relative(configDir, path);
	return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
