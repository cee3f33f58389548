{{ kept(schema='kept') }}
-- Who carries an identifier that may not merge.
select
    named.identifier_type,
    named.identifier_hash,
    identifiers.blocked_reason,
    records.customer_id,
    records.source,
    records.resource,
    records.record_id,
    records.seen_at,
    coalesce(sessions.ended_at, records.seen_at) as last_seen_at,
    observations.name_key,
    case when identifiers.identifier_type <> 'phone' then observations.usable_phone_key end as phone_key,
    case when identifiers.identifier_type <> 'unionid' then observations.unionid_key end as unionid_key
from {{ ref('int_identity__identifiers_guarded') }} as identifiers
inner join {{ ref('int_identity__values') }} as named on named.identifier_key = identifiers.identifier_key
inner join {{ ref('int_identity__observed_identifiers') }} as observed on observed.identifier_key = identifiers.identifier_key
inner join {{ ref('int_identity__observations') }} as observations on observations.observation_rank = observed.observation_rank
left join {{ ref('int_web__sessions') }} as sessions on sessions.visitor_key = observations.visitor_key
inner join {{ ref('bdg_customer_records') }} as records
    on records.source = observations.source
    and records.resource = observations.resource
    and records.record_id = coalesce(sessions.session_id, observations.record_id)
where not identifiers.is_merge_key
