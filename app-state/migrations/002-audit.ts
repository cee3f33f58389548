/** The audit log: rows are added and never changed, which the database itself sees to; each carries the signature of the one before. */
export const audit = `
create table audit_log (
	seq integer primary key autoincrement,
	at text not null,
	actor text not null,
	actor_name text not null,
	action text not null,
	target text not null,
	detail text not null,
	address text not null,
	key_id text not null,
	previous text not null,
	mac text not null
) strict;
create index audit_log_action on audit_log (action, seq);
create index audit_log_actor on audit_log (actor, seq);
create trigger audit_log_no_update before update on audit_log begin select raise(abort, 'the audit log is append-only'); end;
create trigger audit_log_no_delete before delete on audit_log begin select raise(abort, 'the audit log is append-only'); end;
`;
