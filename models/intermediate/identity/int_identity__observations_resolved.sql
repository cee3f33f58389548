{{ sliced() }}
with nodes as (

    select
        observed.observation_rank,
        min(identifiers.first_rank) as node,
        max(case when identifiers.is_contradicted then 1 else 0 end) = 1 as is_contradicted
    from {{ ref('int_identity__observed_identifiers') }} as observed
    inner join {{ ref('int_identity__identifiers_guarded') }} as identifiers on identifiers.identifier_key = observed.identifier_key
    where identifiers.is_merge_key
    group by observed.observation_rank

),

rooted as (

    select
        observations.observation_rank,
        nodes.node is not null as has_merge_key,
        case
            when nodes.is_contradicted then coalesce(guarded.label, nodes.node)
            else coalesce(labels.label, nodes.node, observations.observation_rank)
        end as root_rank
    from {{ ref('int_identity__observations') }} as observations
    left join nodes on nodes.observation_rank = observations.observation_rank
    left join {{ ref('int_identity__round_6') }} as labels on labels.node = nodes.node
    left join {{ ref('int_identity__guarded_round_3') }} as guarded on guarded.node = nodes.node

)

select
    rooted.observation_rank,
    rooted.root_rank,
    rooted.has_merge_key,
    {{ customer_id('roots') }} as customer_id
from rooted
inner join {{ ref('int_identity__observations') }} as roots on roots.observation_rank = rooted.root_rank
