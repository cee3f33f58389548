/** Cube over any file, asked without a policy and without a cache: what headquarters would be told if that file were all there is. */
import { Members, type Meta } from '../../access/members.ts';
import { Cube } from '../../cube.ts';
import { CubeError, GatewayCalls } from '../../gateway.ts';
import { semanticQuery, type Row, type SemanticQueryInput } from '../../../contracts/semantic.ts';
import type { Pointer } from '../../../contracts/pointer.ts';
import { as } from '../place.ts';

export interface Told {
	/** One list of rows for each compared range. Null: it was refused. */
	results: { data: Row[]; total: number | null }[] | null;
	error?: string;
	rollups: boolean;
}

export class Headquarters {
	readonly #cube: Cube;
	readonly #calls: GatewayCalls;
	#members: Members | undefined;

	constructor() {
		this.#cube = new Cube({
			driver: { access: 'read', memory: '128MB', threads: 1, seconds: 30, connections: 1 },
			rewrite: (query) => query,
			log: () => undefined
		});
		this.#calls = new GatewayCalls(this.#cube, 4);
	}

	async ask(query: SemanticQueryInput, version: string, file: string): Promise<Told> {
		this.#members ??= new Members((await this.#calls.meta()) as Meta);
		const opened = { version, place: { file }, rollups: false, pointer: {} as Pointer };
		try {
			const body = await this.#calls.load(semanticQuery.parse(query), {
				multi: true,
				figuresOnly: false,
				opened,
				who: as('executive'),
				members: this.#members,
				signal: undefined
			});
			return toldBy(JSON.parse(body.toString()) as Multi);
		} catch (error) {
			if (error instanceof CubeError) return { results: null, error: error.message, rollups: false };
			throw error;
		}
	}

	async close(): Promise<void> {
		await this.#cube.close();
	}
}

export interface Multi {
	results: { data: Row[]; total?: number | null; usedPreAggregations?: object }[];
}

export function toldBy({ results }: Multi): Told {
	return {
		results: results.map(({ data, total }) => ({ data, total: total ?? null })),
		rollups: results.some(({ usedPreAggregations }) => Object.keys(usedPreAggregations ?? {}).length > 0)
	};
}
