{{ kept() }}
{{ partitioned_by_day('captured_date', cluster_by=['region_id', 'store_id', 'channel_id']) }}
{%- set stages = lead_stages() -%}
{%- set limit_us = (var('first_attempt_sla_hours') * 3600000000) | int -%}
{%- set urgent_limit_us = (var('urgent_sla_business_hours') * 3600000000) | int -%}
{%- set cohort_hours = var('cohort_days') * 24 %}

with captures as (

    select * from {{ ref('int_leads__captures_grouped') }}

),

counts as (

    select lead_id, count(*) as captures from captures where lead_id is not null group by lead_id

),

first_orders as (

    select customer_id, min(order_at) as first_order_at
    from {{ ref('int_orders__resolved') }}
    group by customer_id

),

dated as (

    select
        captures.*,
        steps.valid_at,
        steps.dispatched_at,
        steps.assigned_at,
        steps.first_attempt_at,
        steps.connected_at,
        steps.appointment_at,
        steps.visit_at,
        steps.test_drive_at,
        steps.order_at,
        steps.delivery_at,
        steps.order_is_net,
        steps.invalid_at,
        steps.invalid_reason,
        steps.urgency,
        steps.sla_started_at,
        steps.last_contact_at,
        steps.attempts,
        case when not steps.order_is_net then steps.lost_at end as lost_at,
        case when not steps.order_is_net then steps.lost_reason end as lost_reason,
        coalesce(steps.owner_store_id, captures.store_id, steps.order_store_id) as store_now,
        steps.owner_since,
        nullif(coalesce(steps.owner_inviter_id, captures.inviter_id, steps.order_inviter_id), '') as inviter_now,
        coalesce(steps.owner_advisor_id, captures.advisor_id, steps.order_advisor_id) as advisor_now,
        steps.intent_level as intent_now,
        {{ business_date('captures.captured_at') }} as captured_date,
        {{ business_date('steps.sla_started_at') }} as sla_started_date,
        {{ business_date('steps.dispatched_at') }} as dispatched_date,
        {{ business_date('steps.first_attempt_at') }} as first_attempt_date,
        {{ business_date('coalesce(steps.owner_since, captures.captured_at)') }} as owned_date,
        row_number() over (partition by captures.customer_id order by captures.captured_at, captures.record_id) as lead_of_customer
        {%- for stage in stages %},
        {{ earliest_of(stages[loop.index0:]) }} as {{ stage }}_by
        {%- endfor %}
    from captures
    inner join {{ ref('int_leads__steps') }} as steps on steps.lead_id = captures.record_id
    where captures.outcome = 'lead'

),

clocked as (

    select
        dated.*,
        clock.as_of,
        {{ epoch_us('dated.first_attempt_at') }} - {{ epoch_us('dated.sla_started_at') }} as answered_us,
        {{ epoch_us('clock.as_of') }} - {{ epoch_us('dated.sla_started_at') }} as waited_us,
        {{ business_position('dated.first_attempt_at', 'attempt_day') }} - {{ business_position('dated.sla_started_at', 'start_day') }} as answered_business_us,
        {{ business_position('clock.as_of', 'as_of_day') }} - {{ business_position('dated.sla_started_at', 'start_day') }} as waited_business_us,
        {{ business_minutes('dated.dispatched_at', 'dispatch_day', 'dated.first_attempt_at', 'attempt_day') }} as response_business_minutes
    from dated
    cross join {{ ref('int_build__clock') }} as clock
    left join {{ ref('int_build__business_days') }} as as_of_day on as_of_day.day = {{ business_date('clock.as_of') }}
    left join {{ ref('int_build__business_days') }} as start_day on start_day.day = dated.sla_started_date
    left join {{ ref('int_build__business_days') }} as dispatch_day on dispatch_day.day = dated.dispatched_date
    left join {{ ref('int_build__business_days') }} as attempt_day on attempt_day.day = dated.first_attempt_date

)

select
    -- ids
    leads.record_id as lead_id,
    leads.customer_id,
    leads.source,

    -- capture
    leads.captured_at,
    leads.captured_date,
    leads.channel_id,
    leads.campaign_id,
    leads.event_id,
    leads.series_id,
    leads.product_id,
    case when leads.store_id is null then 'hq' else 'store' end as origin,

    -- owner
    leads.store_now as store_id,
    stores_now.area_id,
    coalesce(stores_now.region_id, cities.region_id) as region_id,
    coalesce(stores_then.region_id, cities.region_id) as region_id_then,
    coalesce(stores_now.region_id, cities.region_id) as region_id_now,
    stores_now.dealer_group_id,
    stores_now.sales_model,
    leads.inviter_now as inviter_id,
    leads.advisor_now as advisor_id,

    -- person
    coalesce(leads.province, cities.province) as province,
    leads.city,
    cities.city_tier,
    leads.intent_now as intent_level,
    {{ to_decimal('null', 6) }} as score,
    cast(null as {{ dbt.type_string() }}) as score_band,
    leads.urgency,

    -- status
    case
        when leads.valid_by is not null then 'valid'
        when leads.invalid_at is not null then 'invalid'
        else 'pending'
    end as status,
    case when leads.valid_by is null then leads.invalid_reason end as reason,
    counts.captures,

    -- raw times
    {% for stage in stages -%}
    leads.{{ stage }}_at,
    {% endfor %}
    -- reached so far, and within the cohort window
    {% for stage in stages -%}
    leads.{{ stage }}_by is not null as reached_{{ stage }},
    {% endfor -%}
    {% for stage in stages -%}
    coalesce(leads.{{ stage }}_by <= {{ add_hours('leads.captured_at', cohort_hours) }}, false) as reached_{{ stage }}_in_window,
    {% endfor -%}
    leads.order_is_net,
    case
        {% for stage in stages | reverse -%}
        when leads.{{ stage }}_by is not null then '{{ stage }}'
        {% endfor -%}
        else 'lead'
    end as furthest_stage,
    {{ add_hours(business_day_start(add_days('leads.captured_date', 1)), cohort_hours) }} <= leads.as_of as is_mature,

    -- first response
    leads.sla_started_at,
    case when leads.urgency <> 'urgent' then {{ add_hours('leads.sla_started_at', var('first_attempt_sla_hours')) }} end as sla_due_at,
    case
        when leads.sla_started_at is null then null
        when leads.urgency = 'urgent' and leads.answered_business_us <= {{ urgent_limit_us }} then 'kept'
        when leads.urgency <> 'urgent' and leads.answered_us <= {{ limit_us }} then 'kept'
        when leads.first_attempt_at is not null then 'breached'
        when leads.urgency = 'urgent' and leads.waited_business_us <= {{ urgent_limit_us }} then 'pending'
        when leads.urgency <> 'urgent' and leads.waited_us <= {{ limit_us }} then 'pending'
        else 'breached'
    end as sla_status,
    case
        when leads.first_attempt_at < leads.sla_started_at then null
        when leads.urgency = 'urgent' then leads.answered_business_us / 60000000.0
        else leads.answered_us / 60000000.0
    end as sla_minutes,
    case when leads.first_attempt_at >= leads.dispatched_at then {{ minutes_between('leads.dispatched_at', 'leads.first_attempt_at') }} end as first_response_minutes,
    case when leads.first_attempt_at >= leads.dispatched_at then leads.response_business_minutes end as first_response_business_minutes,
    case when leads.first_attempt_at >= leads.captured_at then {{ minutes_between('leads.captured_at', 'leads.first_attempt_at') }} end as capture_to_attempt_minutes,
    case when leads.order_at >= leads.captured_at then {{ days_between('leads.captured_at', 'leads.order_at') }} end as lead_to_order_days,
    case when leads.delivery_at >= leads.order_at then {{ days_between('leads.order_at', 'leads.delivery_at') }} end as order_to_delivery_days,

    -- history of the person and end of the lead
    case
        when recognised.customer_id is not null
            then leads.lead_of_customer > 1 or coalesce(first_orders.first_order_at < leads.captured_at, false)
    end as is_known_customer,
    leads.last_contact_at,
    cast(leads.attempts as bigint) as attempts,
    leads.lost_at,
    leads.lost_reason,
    leads.lost_at is null and not leads.order_is_net and (leads.valid_by is not null or leads.invalid_at is null) as is_open,
    reopened.lead_id as reopened_from_lead_id,
    leads.name_masked,
    leads.phone_masked,
    leads.phone_hash
from clocked as leads
inner join counts on counts.lead_id = leads.record_id
left join first_orders on first_orders.customer_id = leads.customer_id
left join {{ ref('int_identity__customers_recognised') }} as recognised on recognised.customer_id = leads.customer_id
left join {{ ref('stg_reference__cities') }} as cities on cities.city = leads.city
left join {{ ref('int_organisation__store_periods') }} as stores_now on stores_now.store_id = leads.store_now and stores_now.is_latest
left join {{ ref('int_organisation__store_periods') }} as stores_then
    on stores_then.store_id = leads.store_now
    and leads.owned_date >= stores_then.holds_from
    and leads.owned_date < stores_then.holds_to
left join captures as reopened on reopened.record_id = leads.reopened_record_id
{{ ordered_by_day('leads.captured_date') }}
