/**
 * The answer line against worlds whose truth is known: brands with the demo's five stories, and flat ones where nobody differs from anybody.
 * How often is a story missed, and how often is one invented? Marts by the project's models, answers by the functions that the pages call.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Pointer, VERSIONS_FOLDER } from '../../contracts/pointer.ts';
import { generateDemo } from '../../ingestion/demo/index.ts';
import { ingest } from '../../ingestion/index.ts';
import { build } from '../../pipeline/build.ts';
import type { Context } from '../../pipeline/context.ts';
import { PipelineError } from '../../pipeline/errors.ts';
import type { Progress } from '../../pipeline/progress.ts';
import { secretOf } from '../../pipeline/secrets.ts';
import { fileOf, readPointer, versionName, writePointer } from '../../pipeline/state.ts';
import { sealFile } from '../../pipeline/warehouse/duckdb-seal.ts';
import { benchConfig } from '../index.ts';
import { semanticServer } from '../semantic-server.ts';
import { PAGES, type Page, type Said } from './answers.ts';
import { buildWorld, readTemplate, type Template } from './marts.ts';

export interface StoriesOptions {
	context: Context;
	/** Worlds of each kind. */
	seeds: number;
	first: number;
	/** People of a world with stories, and of a flat one. */
	customers: number;
	flatCustomers: number;
	periods: readonly string[];
	/** Home of a demo brand whose last build's SQL is run; without one the first world is built by dbt. */
	template?: string | undefined;
	progress: Progress;
	signal?: AbortSignal;
}

const STORIES = ['region_slump', 'cheap_invalid_channel', 'excellent_store', 'overdue_inviter', 'recapturing_campaign'] as const;
type Story = (typeof STORIES)[number];

/** How a story is said, on any page. */
function isSaid(story: Story, who: Record<string, string>, claims: readonly string[]): boolean {
	const forms: Record<Story, (claim: string) => boolean> = {
		region_slump: (claim) => claim.startsWith(`below region ${who['region_id']} `) || claim.startsWith(`rate region ${who['region_id']} `),
		cheap_invalid_channel: (claim) => claim === `below channel ${who['channel_id']} valid_rate`,
		excellent_store: (claim) => claim === `above store ${who['store_id']} order_rate`,
		overdue_inviter: (claim) => claim === `below inviter ${who['staff_id']} sla_rate`,
		recapturing_campaign: (claim) => claim === `below campaign ${who['campaign_id']} new_rate`
	};
	return claims.some(forms[story]);
}

/** The truth behind a world: whom each story is told of. */
function readTruth(folder: string): Partial<Record<Story, Record<string, string>>> {
	const told = JSON.parse(readFileSync(join(folder, 'truth', 'stories.json'), 'utf8')) as { kind: Story; who: Record<string, string> }[];
	return Object.fromEntries(told.map(({ kind, who }) => [kind, who]));
}

export interface StoriesResult {
	seeds: number;
	customers: number;
	flatCustomers: number;
	seconds: number;
	/** By period: share of worlds whose pages say nothing of a story, by story; and of flat worlds' pages that claim anything. */
	periods: Record<
		string,
		{
			missed: Record<string, number>;
			stories: number;
			flat: number;
			falsePages: number;
			falseClaims: string[];
			byPage: Record<Page, number>;
		}
	>;
}

export async function runStories(options: StoriesOptions): Promise<StoriesResult> {
	const { context, seeds, first, progress, signal } = options;
	const began = Date.now();
	mkdirSync(join(context.home, 'bench'), { recursive: true });
	const scratch = mkdtempSync(join(context.home, 'bench', 'stories-'));
	const result: StoriesResult = {
		seeds,
		customers: options.customers,
		flatCustomers: options.flatCustomers,
		seconds: 0,
		periods: Object.fromEntries(
			options.periods.map((period) => [
				period,
				{
					missed: Object.fromEntries(STORIES.map((story) => [story, 0])),
					stories: 0,
					flat: 0,
					falsePages: 0,
					falseClaims: [],
					byPage: { cockpit: 0, funnel: 0, organisation: 0, channels: 0 }
				}
			])
		)
	};
	let house: House | undefined;
	try {
		for (let number = 0; number < seeds * 2; number++) {
			signal?.throwIfAborted();
			const flat = number % 2 === 1;
			const seed = first + Math.floor(number / 2);
			const world = join(scratch, `world-${number}`);
			const demo = {
				customers: flat ? options.flatCustomers : options.customers,
				seed,
				until: '2026-11-22',
				out: join(world, 'demo'),
				flat
			};
			generateDemo(demo);
			await land(context, world);
			house ??= await openHouse({ ...options, scratch }, world);
			const version = await house.serve(world);
			const truth = readTruth(demo.out);
			for (const period of options.periods) {
				const said = await house.answers(version, period);
				const sums = result.periods[period];
				if (!sums) continue;
				if (flat) tallyFlat(sums, said, seed);
				else tallyStories(sums, said, truth);
				progress.line(
					`${flat ? 'flat   ' : 'stories'} ${seed} ${period}: ${PAGES.map((page) => `${page} [${said[page].join(', ')}]`).join(' ')}`
				);
			}
			rmSync(world, { recursive: true, force: true });
		}
	} finally {
		await house?.stop();
		rmSync(scratch, { recursive: true, force: true });
	}
	result.seconds = (Date.now() - began) / 1000;
	return result;
}

type Sums = StoriesResult['periods'][string];

function tallyFlat(sums: Sums, said: Said, seed: number): void {
	sums.flat += 1;
	for (const page of PAGES) {
		if (said[page].length === 0) continue;
		sums.falsePages += 1;
		sums.byPage[page] += 1;
		sums.falseClaims.push(...said[page].map((claim) => `${seed} ${page}: ${claim}`));
	}
}

function tallyStories(sums: Sums, said: Said, truth: ReturnType<typeof readTruth>): void {
	sums.stories += 1;
	const all = PAGES.flatMap((page) => said[page]);
	for (const story of STORIES) if (!isSaid(story, truth[story] ?? {}, all)) sums.missed[story] = (sums.missed[story] ?? 0) + 1;
}

async function land(context: Context, world: string): Promise<void> {
	await ingest({
		home: world,
		config: benchConfig(join(world, 'demo', 'extracts')),
		configDir: world,
		timezone: 'Asia/Shanghai',
		idKey: secretOf('ONELANE_ID_KEY', context.environment)
	});
}

interface House {
	/** Builds a world's marts and points the semantic server at them. */
	serve(world: string): Promise<string>;
	answers(version: string, period: string): Promise<Said>;
	stop(): Promise<void>;
}

/** The first world as dbt builds it. */
async function firstBuild({ context, scratch, progress, signal }: StoriesOptions & { scratch: string }, world: string): Promise<Template> {
	const config = benchConfig(join(world, 'demo', 'extracts'));
	const built = await build({ ...context, home: world }, config, 'Asia/Shanghai', progress, { signal });
	const first = fileOf(built.place);
	await sealFile(first, built.tests);
	const template = readTemplate(first, join(world, 'dbt', 'target'));
	const kept = join(scratch, basename(first));
	renameSync(first, kept);
	return { ...template, file: kept };
}

function publishedBuild(home: string): Template {
	const pointer = readPointer(home);
	if (pointer === null)
		throw new PipelineError(`Nothing is published in ${home}, so there is no SQL of a build: run "onelane refresh" there.`);
	return readTemplate(join(home, fileOf(pointer)), join(home, 'dbt', 'target'));
}

/** One semantic server for all worlds, which are built by SQL that dbt compiled once. */
async function openHouse(options: StoriesOptions & { scratch: string }, world: string): Promise<House> {
	const { context, scratch, progress } = options;
	const template = options.template === undefined ? await firstBuild(options, world) : publishedBuild(options.template);
	const home = join(scratch, 'house');
	mkdirSync(join(home, VERSIONS_FOLDER), { recursive: true });
	const secret = secretOf('ONELANE_SECRET', context.environment);
	const log = join(context.home, 'logs', 'stories-semantic.log');
	const { server, url } = await semanticServer({ root: context.root, home, secret, log }, progress);
	// The pages' functions read the same environment as the web server.
	Object.assign(process.env, { ONELANE_HOME: home, ONELANE_SECRET: secret, SEMANTIC_URL: url });
	const { answersOf } = await import('./answers.ts');
	let file: string | undefined;
	let started = false;
	return {
		async serve(of) {
			const version = versionName(new Date());
			const next = join(VERSIONS_FOLDER, `${version}.duckdb`);
			await buildWorld(template, join(of, 'raw.duckdb'), join(home, next));
			const pointer: Pointer = {
				version,
				file: next,
				built_at: new Date().toISOString(),
				timezone: 'Asia/Shanghai',
				currency: 'CNY',
				default_period: 'latest_month',
				brand: benchConfig(of).brand,
				previous: [],
				freshness: []
			};
			writePointer(home, pointer);
			if (!started) await server.start();
			started = true;
			if (file && existsSync(file)) rmSync(file);
			file = join(home, next);
			return version;
		},
		answers: (version, period) => patiently(() => answersOf(version, basename(home), period)),
		stop: async () => {
			if (started) await server.stop();
		}
	};
}

const ATTEMPTS = 5;

/** On a busy machine an answer may come too late; nothing is wrong with it, so it is asked for again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await work();
		} catch (error) {
			if (attempt === ATTEMPTS) throw error;
		}
	}
}

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

export function describeStories({ seeds, customers, flatCustomers, periods, seconds }: StoriesResult): string {
	const lines = Object.entries(periods).flatMap(([period, { missed, stories, flat, falsePages, falseClaims, byPage }]) => [
		`${period}: missed in worlds of ${customers.toLocaleString('en')} customers`,
		...Object.entries(missed).map(([story, count]) => `  ${story.padEnd(24)} ${count} of ${stories} (${percent(count, stories)})`),
		`${period}: false in flat worlds of ${flatCustomers.toLocaleString('en')} customers`,
		`  ${falsePages} of ${flat * PAGES.length} answer lines claim something (${percent(falsePages, flat * PAGES.length)}): ${PAGES.map((page) => `${page} ${byPage[page]}`).join(', ')}`,
		...falseClaims.map((claim) => `    ${claim}`)
	]);
	return `${lines.join('\n')}\n${seeds} worlds of each kind took ${Math.round(seconds)} s.`;
}
