{{ sliced() }}
{%- set flags = ['page_view', 'model_view', 'configurator', 'calculator'] %}

-- What each customer is known to have done, in the words of the seed lifecycle_nodes.
with sessions as (

    select
        records.customer_id
        {%- for flag in flags %},
        max(sessions.has_{{ flag }}) as has_{{ flag }}
        {%- endfor %}
    from {{ ref('int_web__sessions') }} as sessions
    inner join {{ ref('bdg_customer_records') }} as records
        on records.resource = 'events' and records.record_id = sessions.session_id
    group by records.customer_id

),

orders as (

    select
        customer_id,
        count(order_at) as orders,
        count(delivered_at) as deliveries
    from {{ ref('fct_orders') }}
    where not is_cancelled
    group by customer_id

)

select customer_id, 'session_start' as evidence from sessions
{%- for flag in flags %}
union all
select customer_id, '{{ flag }}' from sessions where has_{{ flag }} = 1
{%- endfor %}
union all
select distinct customer_id, 'lead' from {{ ref('fct_lead_captures') }}
union all
select distinct customer_id, 'connected' from {{ ref('fct_leads') }} where connected_at is not null
union all
select distinct customer_id, 'visit' from {{ ref('fct_visits') }}
union all
-- Work on a lead or a visit that has not arrived is nobody's yet.
select distinct customer_id, 'test_drive' from {{ ref('fct_test_drives') }} where customer_id is not null
union all
select distinct customer_id, 'quotation' from {{ ref('fct_quotations') }} where customer_id is not null
union all
select customer_id, 'deposit' from orders
union all
select customer_id, 'order' from orders where orders > 0
union all
select customer_id, 'delivery' from orders where deliveries > 0
union all
select customer_id, 'repurchase' from orders where orders > 1
