{{ kept(customer='surviving_customer_id') }}
-- A node that existed before the record which tied it to an older one was a customer until then.
with ties as (

    select
        edges.younger as node,
        edges.tied_by_rank,
        edges.identifier_type
    from {{ ref('int_identity__edges') }} as edges
    where edges.tied_by_rank > edges.younger
    qualify row_number() over (partition by edges.younger order by edges.tied_by_rank, edges.older) = 1

),

born_tied as (

    select distinct younger as node
    from {{ ref('int_identity__edges') }}
    where tied_by_rank = younger

)

select
    joining.seen_at as happened_at,
    'merge' as kind,
    resolved.customer_id as surviving_customer_id,
    {{ customer_id('others') }} as other_customer_id,
    ties.identifier_type || ' on ' || joining.resource || ' ' || joining.record_id as evidence
from ties
inner join {{ ref('int_identity__observations') }} as joining on joining.observation_rank = ties.tied_by_rank
inner join {{ ref('int_identity__observations') }} as others on others.observation_rank = ties.node
inner join {{ ref('int_identity__observations_resolved') }} as resolved on resolved.observation_rank = ties.node
left join born_tied on born_tied.node = ties.node
where born_tied.node is null and resolved.root_rank <> ties.node
