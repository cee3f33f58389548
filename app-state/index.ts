/** What people make in onelane, kept apart from data: the door of this room. */
export { openAppState, StateError, STATE_FILE, type AppState } from './open.ts';
export { defaultView, deleteView, listViews, saveView, setDefaultView, viewInput, type SavedView, type ViewInput } from './views.ts';
export { addNote, deleteNote, listNotes, noteInput, type Note, type NoteInput, type NotePlace } from './notes.ts';
export {
	AUDIT_ACTIONS,
	listAudit,
	record,
	verifyAudit,
	type Actor,
	type AuditAction,
	type AuditEntry,
	type AuditFilter,
	type AuditProof,
	type AuditRow
} from './audit.ts';
export * from './accounts/index.ts';
