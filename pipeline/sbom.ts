/** The software bill of materials: every package of the lock files, as CycloneDX 1.6. The same locks give the same words. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As CycloneDX has it: needed to run, there where the platform wants it, or for building and testing only. */
type Scope = 'required' | 'optional' | 'excluded';

export interface Component {
	type: 'library';
	/** The package's address, such as "pkg:npm/%40duckdb/node-api@1.5.5-r.5". */
	'bom-ref': string;
	purl: string;
	name: string;
	version: string;
	scope: Scope;
	hashes?: { alg: string; content: string }[];
	licenses?: ({ license: { id: string } } | { expression: string })[];
}

interface Locked {
	name?: string;
	version?: string;
	license?: string;
	integrity?: string;
	dev?: boolean;
	optional?: boolean;
}

const PYTHON_LOCKS: readonly [file: string, scope: Scope][] = [
	['requirements.lock', 'required'],
	['testing/bigquery/requirements.lock', 'excluded']
];

/** @throws when a lock file is missing or damaged */
export function billOfMaterials(root: string, version: string) {
	const read = (file: string) => readFileSync(join(root, file), 'utf8');
	// An image has no tests, and none of their packages.
	const python = PYTHON_LOCKS.filter(([file, scope]) => scope !== 'excluded' || existsSync(join(root, file)));
	const found = [...ofNpm(read('package-lock.json')), ...python.flatMap(([file, scope]) => ofPip(read(file), scope))];
	const components = new Map<string, Component>();
	for (const component of found) {
		const before = components.get(component.purl);
		if (before === undefined || weight(component) < weight(before)) components.set(component.purl, component);
	}
	const onelane = `pkg:generic/onelane@${version}`;
	return {
		$schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: {
			component: {
				type: 'application',
				'bom-ref': onelane,
				purl: onelane,
				name: 'onelane',
				version,
				licenses: [{ license: { id: 'Apache-2.0' } }]
			}
		},
		components: [...components.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1))
	};
}

/** A package that is there twice is as needed as where it is needed most. */
const weight = ({ scope }: Component) => ['required', 'optional', 'excluded'].indexOf(scope);

function ofNpm(lock: string): Component[] {
	const { packages } = JSON.parse(lock) as { packages: Record<string, Locked> };
	return Object.entries(packages)
		.filter(([path]) => path !== '')
		.map(([path, locked]) => {
			const name = locked.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
			const scope = locked.dev ? 'excluded' : locked.optional ? 'optional' : 'required';
			const [, algorithm = '', digest = ''] = /^(sha\d+)-(.+)$/.exec(locked.integrity ?? '') ?? [];
			return {
				...component('npm', name, locked.version ?? '', scope),
				...(digest && { hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }] }),
				...(locked.license && { licenses: [licence(locked.license)] })
			};
		});
}

function ofPip(lock: string, scope: Scope): Component[] {
	return [...lock.matchAll(/^([\w.-]+)(?:\[[^\]]*\])?==([^\s;]+)/gm)].map(([, name = '', version = '']) =>
		component('pypi', name.toLowerCase().replace(/[-_.]+/g, '-'), version, scope)
	);
}

function component(kind: 'npm' | 'pypi', name: string, version: string, scope: Scope): Component {
	const purl = `pkg:${kind}/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;
	return { type: 'library', 'bom-ref': purl, purl, name, version, scope };
}

const licence = (text: string) => (/[\s()]/.test(text) ? { expression: text } : { license: { id: text } });
