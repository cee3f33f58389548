select
    identifiers.identifier_type,
    named.identifier_hash,
    case when identifiers.is_merge_key then resolved.customer_id end as customer_id,
    identifiers.first_seen_at,
    identifiers.last_seen_at,
    identifiers.records,
    identifiers.persons,
    identifiers.is_merge_key,
    identifiers.blocked_reason
from {{ ref('int_identity__identifiers_guarded') }} as identifiers
inner join {{ ref('int_identity__observations_resolved') }} as resolved on resolved.observation_rank = identifiers.first_rank
inner join {{ ref('int_identity__values') }} as named on named.identifier_key = identifiers.identifier_key
