/** From a token and a query to an answer: authorised first, then from memory, else from Cube. */
import { loadRequest, type SemanticQuery, type ViewName } from '../contracts/semantic.ts';
import type { Claims } from '../contracts/claims.ts';
import { mayRead, type MinimumGroup } from '../contracts/sight.ts';
import { protectionOf, wholeQuery, type Protection } from './access/groups.ts';
import { addPeople, holdBack } from './access/hold-back.ts';
import { QueryError, type Members } from './access/members.ts';
import { authorise, mayUse, scopeKey } from './access/policy.ts';
import type { AnswerCache } from './cache/answers.ts';
import { answerKey, questionKey } from './cache/key.ts';
import { inFormat } from './formats.ts';
import type { GatewayCalls } from './gateway.ts';
import type { PointerFollower, Served } from './pointer.ts';
import type { Repeated } from './cache/repeated.ts';
import type { Opened, Versions } from './versions.ts';

export interface Answer {
	body: Buffer;
	version: string;
}

export interface Asking {
	/** Aborted when nobody waits any more. */
	signal?: AbortSignal;
	/** False: nobody will ask the same again. */
	keep?: boolean;
	/** What the model says of the members is left out. */
	figuresOnly?: boolean;
}

interface VisibleMember {
	name: string;
}

interface View {
	name: ViewName;
	measures: VisibleMember[];
	dimensions: VisibleMember[];
}

export interface Parts {
	calls: GatewayCalls;
	members: Members;
	meta: { cubes: View[] };
	pointer: PointerFollower;
	versions: Versions;
	cache: AnswerCache;
	repeated: Repeated;
	/** Null: every group may be shown. */
	minimumGroup: MinimumGroup | null;
}

export class Semantic {
	readonly #parts: Parts;

	constructor(parts: Parts) {
		this.#parts = parts;
	}

	/** @throws QueryError, PolicyError, NotReadyError, CubeError */
	async load(body: unknown, who: Claims, { signal, keep = true, figuresOnly = false }: Asking = {}): Promise<Answer> {
		const { query, multi } = this.#asked(body, who);
		if (!multi && query.timeDimensions.some((time) => time.compareDateRange))
			throw new QueryError('compareDateRange needs queryType=multi.');
		const { calls, members, minimumGroup } = this.#parts;
		const protection = protectionOf(query, who, minimumGroup);
		const whole = protection && wholeQuery(query, protection, members);
		return this.#cached(
			`${multi ? 'multi' : 'load'}${figuresOnly ? ':figures' : ''}${protection ? `:${protection.size}` : ''}`,
			query,
			who,
			async (opened, abandoned) => {
				const load = (asked: SemanticQuery) => calls.load(asked, { multi, figuresOnly, opened, who, members, signal: abandoned });
				if (!whole) return load(query);
				const [figures, people] = await Promise.all([load(whole.figures), whole.people && load(whole.people)]);
				return protectedBody(figures, people, query, protection);
			},
			signal,
			keep
		);
	}

	/** The statement itself, under the same policy as its answer. */
	async sql(body: unknown, who: Claims): Promise<Answer> {
		const { query } = this.#asked(body, who);
		return this.#cached('sql', query, who, async (opened) => {
			const answer = (await this.#parts.calls.sql(query, opened, who)) as SqlAnswer | SqlAnswer[];
			const statements = (Array.isArray(answer) ? answer : [answer]).map(({ sql }) => ({ sql: { sql: sql.sql } }));
			return Buffer.from(JSON.stringify(Array.isArray(answer) ? statements : statements[0]));
		});
	}

	async dryRun(body: unknown, who: Claims): Promise<Answer> {
		const { query } = this.#asked(body, who);
		return this.#cached('dry-run', query, who, async (opened) =>
			Buffer.from(JSON.stringify(await this.#parts.calls.dryRun(query, opened, who)))
		);
	}

	/** Only what this person may ask. */
	async meta(who: Claims): Promise<Answer> {
		const { members, meta, pointer } = this.#parts;
		const visible = (one: VisibleMember) => mayUse(one.name, who.role, members.isMeasure);
		const cubes = meta.cubes
			.filter((view) => mayRead(view.name, who))
			.map((view) => ({ ...view, measures: view.measures.filter(visible), dimensions: view.dimensions.filter(visible) }));
		const { version } = await pointer.current();
		return { body: Buffer.from(JSON.stringify({ cubes })), version };
	}

	#asked(body: unknown, who: Claims): { query: SemanticQuery; multi: boolean } {
		const result = loadRequest.safeParse(body);
		if (!result.success) {
			const [issue] = result.error.issues;
			throw new QueryError(`The query can't be read at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`);
		}
		const { query, queryType } = result.data;
		this.#parts.members.check(query);
		authorise(query, who, this.#parts.members.isMeasure);
		return { query, multi: queryType === 'multi' };
	}

	async #cached(
		kind: string,
		query: SemanticQuery,
		who: Claims,
		compute: (opened: Opened, abandoned: AbortSignal) => Promise<Buffer>,
		signal?: AbortSignal,
		keep = true
	): Promise<Answer> {
		const { cache, pointer, versions, repeated } = this.#parts;
		const served = await pointer.current();
		versions.seen(served.version);
		const question = questionKey(scopeKey(who), kind, query);
		const answer = (from: Served, left?: AbortSignal) =>
			cache.get(answerKey(from.version, question), (abandoned) => versions.using(from, (opened) => compute(opened, abandoned)), left, keep);
		if (keep) repeated.asked(question, answer);
		const body = await answer(served, signal);
		return { body, version: served.version };
	}
}

type Protected = Parameters<typeof holdBack>[0];

function protectedBody(figures: Buffer, people: Buffer | null, query: SemanticQuery, protection: Protection): Buffer {
	const parsed = (body: Buffer) => JSON.parse(body.toString()) as { results?: Protected[] } & Protected;
	const [answer, counted] = [parsed(figures), people && parsed(people)];
	for (const [index, result] of (answer.results ?? [answer]).entries()) {
		if (counted) addPeople(result.data, (counted.results?.[index] ?? counted).data, query, protection);
		holdBack(result, query, protection);
		Object.assign(result, { data: inFormat(result.data, query.responseFormat) });
	}
	return Buffer.from(JSON.stringify(answer));
}

interface SqlAnswer {
	sql: { sql: [string, unknown[]] };
}
