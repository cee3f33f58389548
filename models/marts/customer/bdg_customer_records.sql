{{ kept() }}
with records as (

    select
        observations.source,
        observations.resource,
        observations.record_id,
        observations.observation_rank,
        observations.seen_at
    from {{ ref('int_identity__observations') }} as observations
    where observations.visitor_key is null
    union all
    select
        sessions.source,
        'events' as resource,
        sessions.session_id as record_id,
        visitors.observation_rank,
        sessions.started_at as seen_at
    from {{ ref('int_web__sessions') }} as sessions
    inner join {{ ref('int_identity__observations') }} as visitors on visitors.visitor_key = sessions.visitor_key

)

select
    records.source,
    records.resource,
    records.record_id,
    -- A session whose identifiers all are blocked says nothing about another one with the same.
    case when records.resource = 'events' and not resolved.has_merge_key then {{ customer_id('records') }} else resolved.customer_id end as customer_id,
    records.seen_at
from records
inner join {{ ref('int_identity__observations_resolved') }} as resolved on resolved.observation_rank = records.observation_rank
