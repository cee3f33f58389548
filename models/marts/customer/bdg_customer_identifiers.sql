{{ kept(where="customer_id is null or customer_id in (select customer_id from " ~ slice_relation('customers') ~ ")") }}
select
    identifiers.identifier_type,
    named.identifier_hash,
    resolved.customer_id,
    identifiers.first_seen_at,
    identifiers.last_seen_at,
    identifiers.records,
    identifiers.persons,
    true as is_merge_key,
    cast(null as {{ dbt.type_string() }}) as blocked_reason
from {{ ref('int_identity__identifiers_guarded') }} as identifiers
inner join {{ ref('int_identity__observations_resolved') }} as resolved on resolved.observation_rank = identifiers.first_rank
inner join {{ ref('int_identity__values') }} as named on named.identifier_key = identifiers.identifier_key
where identifiers.is_merge_key
union all
-- A blocked one is nobody's, so it is counted over everybody who carries it.
select
    identifier_type,
    identifier_hash,
    null,
    min(seen_at),
    max(last_seen_at),
    count(*),
    greatest(count(distinct name_key), count(distinct phone_key), count(distinct unionid_key), 1),
    false,
    max(blocked_reason)
from {{ whole('int_identity__blocked') }}
group by identifier_type, identifier_hash
