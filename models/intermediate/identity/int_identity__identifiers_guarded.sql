{{ sliced() }}
-- A customer with more phones, unionids … than a person has is contradictory: its weak identifiers stop merging.
with components as (

    select
        identifiers.*,
        coalesce(labels.label, identifiers.first_rank) as component
    from {{ ref('int_identity__identifiers') }} as identifiers
    left join {{ ref('int_identity__round_6') }} as labels on labels.node = identifiers.first_rank

),

contradictions as (

    select distinct components.component
    from components
    inner join {{ ref('identifier_limits') }} as limits on limits.identifier_type = components.identifier_type
    where components.is_merge_key
    group by components.component, components.identifier_type, limits.per_customer_cap
    having count(*) > limits.per_customer_cap

)

select
    components.identifier_key,
    components.identifier_type,
    components.first_rank,
    components.first_seen_at,
    components.last_seen_at,
    components.records,
    components.persons,
    components.is_strong,
    contradictions.component is not null as is_contradicted,
    components.is_merge_key and (contradictions.component is null or components.is_strong) as is_merge_key,
    case
        when components.is_merge_key and contradictions.component is not null and not components.is_strong then 'contradiction'
        else components.blocked_reason
    end as blocked_reason
from components
left join contradictions on contradictions.component = components.component
