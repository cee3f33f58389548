import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NEXT_FILE, WARM_FILE } from '../contracts/pointer.ts';
import { pointerOf } from '../testing/pointer.ts';
import { AnswerCache } from './cache/answers.ts';
import { Repeated } from './cache/repeated.ts';
import { Handover } from './handover.ts';
import { Versions } from './versions.ts';

const version = 'v20260102T000000000Z';
let home: string;
let handover: Handover;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'onelane-handover-'))));
afterEach(() => {
	handover.stop();
	rmSync(home, { recursive: true, force: true });
});

const offer = () => writeFileSync(join(home, NEXT_FILE), JSON.stringify(pointerOf(version)));
const warm = () => (existsSync(join(home, WARM_FILE)) ? (JSON.parse(readFileSync(join(home, WARM_FILE), 'utf8')) as unknown) : null);

function made(open = vi.fn(() => Promise.resolve({} as never))) {
	const versions = new Versions({ open, release: () => Promise.resolve() }, new AnswerCache(1000));
	const repeated = new Repeated();
	const problems: string[] = [];
	handover = new Handover(home, versions, repeated, (problem) => problems.push(problem)).start();
	return { versions, repeated, problems };
}

test('a version that is offered is opened and asked what is asked again and again; then it is ready', async () => {
	const { versions, repeated } = made();
	const asked: string[] = [];
	let finish = () => undefined as void;
	const answer = vi.fn(({ version: of }: { version: string }) => {
		asked.push(of);
		return new Promise<void>((resolve) => (finish = resolve));
	});
	for (let times = 0; times < 2; times++) repeated.asked('question', answer);
	repeated.asked('asked once', () => Promise.reject(new Error('nobody needs it')));
	offer();
	await vi.waitFor(() => expect(asked).toEqual([version]));
	expect(warm()).toEqual({ version, ready: false });
	expect(versions.open).toEqual([version]);
	finish();
	await vi.waitFor(() => expect(warm()).toEqual({ version, ready: true }));
});

test('a question that fails keeps nobody waiting', async () => {
	const { repeated } = made();
	for (let times = 0; times < 2; times++) repeated.asked('question', () => Promise.reject(new Error('no')));
	offer();
	await vi.waitFor(() => expect(warm()).toEqual({ version, ready: true }));
});

test('a version that can not be opened is said, and never called ready', async () => {
	const { problems } = made(vi.fn(() => Promise.reject(new Error('broken'))));
	offer();
	await vi.waitFor(() => expect(problems).toEqual(["The next version can't be made ready: broken"]));
	expect(warm()).toEqual({ version, ready: false });
});

test('what a publisher left that was killed is passed by', async () => {
	offer();
	utimesSync(join(home, NEXT_FILE), new Date(0), new Date(Date.now() - 120_000));
	const { versions } = made();
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(versions.open).toEqual([]);
	expect(warm()).toBeNull();
});
