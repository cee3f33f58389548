import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addNote, deleteNote, listNotes } from './notes.ts';
import { type AppState, openAppState } from './open.ts';
import { defaultView, deleteView, listViews, saveView, setDefaultView } from './views.ts';

const home = mkdtempSync(join(tmpdir(), 'onelane-state-'));
const secret = 'a secret of these tests: 0123456789';
let state: AppState;
beforeAll(() => {
	state = openAppState(home, { secret });
});
afterAll(async () => {
	await state.close();
	rmSync(home, { recursive: true, force: true });
});

const ann = { sub: 'u_ann' };
const bob = { sub: 'u_bob' };

test('a view is its owner’s until it is shared; the same name replaces it', async () => {
	const first = await saveView(state, ann, { name: 'North', page: '/funnel', search: '?region=R1' });
	expect(await listViews(state, bob)).toEqual([]);
	const second = await saveView(state, ann, { name: 'North', page: '/funnel', search: '?region=R2', shared: true });
	expect(second).toMatchObject({ id: first.id, search: '?region=R2', shared: true });
	expect(await listViews(state, bob, '/funnel')).toEqual([second]);
	expect(await listViews(state, bob, '/')).toEqual([]);
	expect(await deleteView(state, bob, first.id)).toBe(false);
	expect(await deleteView(state, ann, first.id)).toBe(true);
});

test('a page has one default for a role, and only a shared view can be it', async () => {
	const one = await saveView(state, ann, { name: 'one', page: '/', search: '', shared: true });
	const two = await saveView(state, bob, { name: 'two', page: '/', search: '?period=ytd', shared: true });
	const own = await saveView(state, bob, { name: 'own', page: '/', search: '' });
	expect(await setDefaultView(state, own.id, 'advisor')).toBe(false);
	expect(await setDefaultView(state, one.id, 'advisor')).toBe(true);
	expect(await setDefaultView(state, two.id, 'advisor')).toBe(true);
	expect(await defaultView(state, 'advisor', '/')).toMatchObject({ id: two.id });
	expect(await defaultView(state, 'analyst', '/')).toBeNull();
	await setDefaultView(state, two.id, null);
	expect(await defaultView(state, 'advisor', '/')).toBeNull();
});

test.each([
	['another site', { page: '//evil.example' }],
	['no path', { page: 'funnel' }],
	['a search that is none', { search: 'region=R1' }],
	['a line break', { search: '?a=\n' }],
	['a blank name', { name: '  ' }],
	['an unknown key', { colour: 'red' }]
])('a view with %s is refused', async (_what, change) => {
	await expect(saveView(state, ann, { name: 'x', page: '/', search: '', ...change })).rejects.toThrow();
});

test('notes are listed by day, for the scopes that a reader may see', async () => {
	const note = { page: '/', metric: 'leads.leads', date: '2026-11-02', scope: '*', text: 'Price cut' };
	const all = await addNote(state, ann, note);
	await addNote(state, bob, { ...note, scope: 'region_id:["R1"]', date: '2026-11-01' });
	const place = { page: '/', from: '2026-11-01', to: '2026-11-30' };
	expect((await listNotes(state, { ...place, scopes: null })).map(({ date }) => date)).toEqual(['2026-11-01', '2026-11-02']);
	expect(await listNotes(state, { ...place, scopes: ['*'] })).toEqual([all]);
	expect(await listNotes(state, { ...place, scopes: [] })).toEqual([]);
	await expect(addNote(state, ann, { ...note, date: '2026-13-01' })).rejects.toThrow();
	expect(await deleteNote(state, bob, all.id)).toBe(false);
	expect(await deleteNote(state, ann, all.id)).toBe(true);
});
