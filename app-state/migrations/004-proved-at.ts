/** When somebody proved who they are, which at a provider may be long before the session. Of sessions that came from one before, nobody knows. */
export const provedAt = `
	alter table sessions add column proved_at text;
	update sessions set proved_at = created_at where kind <> 'oidc';
	alter table oidc_flows add column again integer not null default 0;
`;
