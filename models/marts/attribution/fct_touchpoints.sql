{{ kept() }}
{{ partitioned_by_day('occurred_date', cluster_by=['channel_id', 'customer_id']) }}
with touchpoints as (

    select
        events.source || ':events' || substr(events.event_id, length(events.source) + 1) as touchpoint_id,
        records.customer_id,
        'session' as kind,
        events.occurred_at,
        events.channel_id,
        events.campaign_id,
        events.series_id
    from {{ ref('stg_web__events') }} as events
    inner join {{ ref('bdg_customer_records') }} as records
        on records.resource = 'events' and records.record_id = events.session_id
    where events.event_name = 'session_start' and events.channel_id is not null
    union all
    select
        source || ':' || resource || substr(record_id, length(source) + 1),
        customer_id,
        'capture',
        captured_at,
        channel_id,
        campaign_id,
        series_id
    from {{ ref('int_leads__captures_grouped') }}
    union all
    select
        visits.source || ':visits' || substr(visits.visit_id, length(visits.source) + 1),
        records.customer_id,
        'walk_in',
        visits.arrived_at,
        'walk_in',
        null,
        visits.series_id
    from {{ ref('stg_crm__visits') }} as visits
    inner join {{ ref('bdg_customer_records') }} as records
        on records.resource = 'visits' and records.record_id = visits.visit_id
    left join {{ ref('int_leads__captures_grouped') }} as captures on captures.record_id = visits.lead_record_id
    where captures.lead_id is null

)

select
    touchpoint_id,
    customer_id,
    kind,
    occurred_at,
    {{ business_date('occurred_at') }} as occurred_date,
    channel_id,
    campaign_id,
    series_id
from touchpoints
