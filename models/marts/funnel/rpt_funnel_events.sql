{{ kept(activity={'resource': resource_of_stage('row.stage'), 'record_id': "substr(row.event_id, length('showroom:' || row.stage || ':') + 1)"}) }}
{{ partitioned_by_day('occurred_date', cluster_by=['funnel', 'stage', 'region_id', 'store_id']) }}
with lead_events as (

    select
        'lead:' || entries.stage || ':' || entries.lead_id as event_id,
        'lead' as funnel,
        entries.stage,
        entries.entered_at as occurred_at,
        entries.entered_date as occurred_date,
        entries.lead_id,
        entries.customer_id,
        true as is_first,
        entries.product_id,
        entries.province,
        entries.city,
        case when entries.stage in ('order', 'delivery') then entries.record_id end as order_id,
        cast(null as boolean) as is_arrived,
        {{ shared_dimensions('entries') }}
    from {{ ref('fct_lead_stage_visits') }} as entries
    where entries.visit = 1 and entries.stage <> 'lost'

),

showroom_events as (

    select
        'showroom:' || placed.kind || ':' || placed.record_id as event_id,
        'showroom' as funnel,
        placed.kind as stage,
        placed.happened_at as occurred_at,
        placed.happened_date as occurred_date,
        placed.lead_id,
        coalesce(placed.customer_id, visits.customer_id, orders.customer_id) as customer_id,
        placed.kind <> 'visit' or visits.is_first as is_first,
        placed.product_id,
        placed.province,
        placed.city,
        case when placed.kind in ('order', 'delivery') then placed.record_id end as order_id,
        appointments.is_arrived,
        {{ shared_dimensions('placed') }}
    from {{ ref('int_activities__placed') }} as placed
    left join {{ ref('fct_visits') }} as visits
        on visits.visit_id = case when placed.kind = 'visit' then placed.record_id else placed.visit_id end
    left join {{ ref('fct_appointments') }} as appointments
        on appointments.appointment_id = case when placed.kind = 'appointment_due' then placed.record_id end
    left join {{ ref('fct_orders') }} as orders
        on orders.order_id = case when placed.kind in ('order', 'delivery') then placed.record_id end
    where placed.kind in ('visit', 'test_drive', 'quotation', 'order', 'delivery')
        or (placed.kind = 'appointment_due' and appointments.is_due)

),

events as (

    select * from lead_events
    union all
    select * from showroom_events

)

select
    events.event_id,
    events.funnel,
    events.stage,
    events.occurred_at,
    events.occurred_date,
    events.lead_id,
    events.customer_id,
    events.lead_id is not null as with_lead,
    events.is_first,
    coalesce(orders.is_cancelled, false) as is_cancelled,
    events.is_arrived,
    events.product_id,
    events.province,
    events.city,
    orders.amount,
    orders.cancelled_at,
    {{ shared_dimensions('events') }}
from events
left join {{ ref('fct_orders') }} as orders on orders.order_id = events.order_id
{{ ordered_by_day('events.occurred_date') }}
