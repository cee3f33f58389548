-- The period view says what the facts say: each raw first time of a lead once, each showroom event once.
with events as (

    select funnel, stage, count(*) as found
    from {{ ref('rpt_funnel_events') }}
    group by funnel, stage

),

expected as (

    select 'lead' as funnel, 'lead' as stage, count(*) as expected from {{ ref('fct_leads') }}
    {%- for stage in lead_stages() %}
    union all
    select 'lead', '{{ stage }}', count({{ stage }}_at) from {{ ref('fct_leads') }}
    {%- endfor %}
    union all
    select 'showroom', 'visit', count(*) from {{ ref('fct_visits') }}
    union all
    select 'showroom', 'test_drive', count(*) from {{ ref('fct_test_drives') }}
    union all
    select 'showroom', 'quotation', count(*) from {{ ref('fct_quotations') }}
    union all
    select 'showroom', 'order', count(order_at) from {{ ref('fct_orders') }}
    union all
    select 'showroom', 'delivery', count(delivered_at) from {{ ref('fct_orders') }}
    union all
    select 'showroom', 'appointment_due', coalesce(sum(case when is_due then 1 else 0 end), 0) from {{ ref('fct_appointments') }}

)

select expected.funnel, expected.stage, expected.expected, events.found
from expected
full join events on events.funnel = expected.funnel and events.stage = expected.stage
where coalesce(expected.expected, 0) <> coalesce(events.found, 0)
