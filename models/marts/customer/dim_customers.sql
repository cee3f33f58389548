{{ kept() }}
{{ partitioned_by_day('first_seen_date', cluster_by=['region_id', 'store_id']) }}
with records as (

    select
        customer_id,
        count(*) as records,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at
    from {{ ref('bdg_customer_records') }}
    group by customer_id

),

captures as (

    select
        customer_id,
        count(*) as captures,
        max(case when outcome <> 'rejected' then 1 else 0 end) = 1 as is_reachable
    from {{ ref('fct_lead_captures') }}
    group by customer_id

),

leads as (

    select
        customer_id,
        count(*) as leads,
        sum(case when status = 'valid' then 1 else 0 end) as valid_leads,
        max(case when is_open then 1 else 0 end) as has_open,
        max(case when lost_at is not null then 1 else 0 end) as has_lost,
        min(captured_at) as first_lead_at,
        max(captured_at) as last_lead_at
    from {{ ref('fct_leads') }}
    group by customer_id

),

visits as (

    select customer_id, count(*) as visits
    from {{ ref('fct_visits') }}
    group by customer_id

),

drives as (

    select customer_id, count(*) as test_drives
    from {{ ref('fct_test_drives') }}
    group by customer_id

),

orders as (

    select
        customer_id,
        count(order_at) as orders,
        sum(case when order_at is not null and not is_cancelled then 1 else 0 end) as orders_net,
        sum(case when delivered_at is not null and not is_cancelled then 1 else 0 end) as deliveries,
        sum(net_amount) as net_revenue,
        min(order_at) as first_order_at
    from {{ ref('fct_orders') }}
    group by customer_id

),

-- Whoever owns the latest lead owns the customer; without lead, the latest visit or order says who.
owners as (

    select customer_id, province, city, {{ shared_dimensions(channel=false) }}
    from (
        select customer_id, 1 as preference, captured_at as owned_at, lead_id as record_id, province, city, {{ shared_dimensions(channel=false) }} from {{ ref('fct_leads') }}
        union all
        select customer_id, 2, arrived_at, visit_id, null, null, {{ shared_dimensions(channel=false) }} from {{ ref('fct_visits') }}
        union all
        select customer_id, 2, coalesce(order_at, deposit_at, cancelled_at), order_id, null, null, {{ shared_dimensions(channel=false) }} from {{ ref('fct_orders') }}
    ) as candidates
    where true
    qualify row_number() over (partition by customer_id order by preference, owned_at desc, record_id desc) = 1

),

contacts as (

    select records.customer_id, captures.name_masked, captures.phone_masked, captures.phone_hash, captures.phone_status, captures.captured_at as given_at, captures.record_id
    from {{ ref('int_leads__captures_united') }} as captures
    inner join {{ ref('bdg_customer_records') }} as records
        on records.source = captures.source and records.resource = captures.resource and records.record_id = captures.record_id
    union all
    select fct_visits.customer_id, visits.name_masked, visits.phone_masked, visits.phone_hash, visits.phone_status, visits.arrived_at, visits.visit_id
    from {{ ref('stg_crm__visits') }} as visits
    inner join {{ ref('fct_visits') }} as fct_visits on fct_visits.visit_id = visits.visit_id

),

names as (

    select customer_id, name_masked
    from contacts
    where name_masked is not null
    qualify row_number() over (partition by customer_id order by given_at desc, record_id desc) = 1

),

phones as (

    select customer_id, phone_masked, phone_hash
    from contacts
    where phone_hash is not null and phone_status = 'ok'
    qualify row_number() over (partition by customer_id order by given_at desc, record_id desc) = 1

),

first_moments as (

    select customer_id, min(occurred_at) as occurred_at
    from {{ ref('fct_touchpoints') }}
    group by customer_id

),

first_touches as (

    select touchpoints.customer_id, touchpoints.channel_id
    from {{ ref('fct_touchpoints') }} as touchpoints
    inner join first_moments on first_moments.customer_id = touchpoints.customer_id and first_moments.occurred_at = touchpoints.occurred_at
    where true
    qualify row_number() over (partition by touchpoints.customer_id order by touchpoints.touchpoint_id) = 1

),

furthest as (

    select evidence.customer_id, max(nodes.node_order) as node_order
    from {{ ref('int_customers__evidence') }} as evidence
    inner join {{ ref('lifecycle_nodes') }} as nodes on nodes.evidence = evidence.evidence
    group by evidence.customer_id

)

select
    records.customer_id,
    names.name_masked,
    phones.phone_masked,
    phones.phone_hash,
    coalesce(captures.is_reachable, false) or visits.visits is not null or orders.customer_id is not null as is_identified,
    recognised.customer_id is not null as is_recognisable,

    -- first and last
    records.first_seen_at,
    {{ business_date('records.first_seen_at') }} as first_seen_date,
    records.last_seen_at,
    first_touches.channel_id as first_channel_id,

    -- life cycle
    nodes.stage as lifecycle_stage,
    nodes.phase as lifecycle_phase,
    nodes.node as lifecycle_node,
    case
        when orders.orders_net > 0 then 'buyer'
        when leads.has_open = 1 then 'in_pipeline'
        when leads.has_lost = 1 then 'lost'
        when leads.leads > 0 then 'invalid'
        when visits.visits > 0 then 'walk_in'
        else 'visitor'
    end as segment,

    -- counts and amounts
    records.records,
    {% for figure, table in {'captures': 'captures', 'leads': 'leads', 'valid_leads': 'leads', 'visits': 'visits', 'test_drives': 'drives', 'orders': 'orders', 'orders_net': 'orders', 'deliveries': 'orders'}.items() -%}
    cast(coalesce({{ table }}.{{ figure }}, 0) as bigint) as {{ figure }},
    {% endfor -%}
    {{ to_decimal('orders.net_revenue', 2) }} as net_revenue,
    leads.first_lead_at,
    leads.last_lead_at,
    orders.first_order_at,

    -- owner of the latest lead
    owners.province,
    owners.city,
    {{ shared_dimensions('owners', channel=false) }}
from records
left join captures on captures.customer_id = records.customer_id
left join {{ ref('int_identity__customers_recognised') }} as recognised on recognised.customer_id = records.customer_id
left join leads on leads.customer_id = records.customer_id
left join visits on visits.customer_id = records.customer_id
left join drives on drives.customer_id = records.customer_id
left join orders on orders.customer_id = records.customer_id
left join owners on owners.customer_id = records.customer_id
left join names on names.customer_id = records.customer_id
left join phones on phones.customer_id = records.customer_id
left join first_touches on first_touches.customer_id = records.customer_id
left join furthest on furthest.customer_id = records.customer_id
left join {{ ref('lifecycle_nodes') }} as nodes on nodes.node_order = furthest.node_order
