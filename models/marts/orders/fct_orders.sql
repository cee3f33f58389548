{{ kept() }}
{{ partitioned_by_day('order_date', cluster_by=['region_id', 'store_id', 'channel_id']) }}
select
    -- ids
    orders.order_id,
    orders.customer_id,
    orders.lead_id,
    orders.known_visit_id as visit_id,
    orders.lead_id is not null as with_lead,
    orders.product_id,

    -- states
    orders.deposit_at,
    orders.firm_deposit_at,
    orders.locked_at,
    orders.order_at,
    {{ business_date('orders.order_at') }} as order_date,
    orders.cancelled_at,
    {{ business_date('orders.cancelled_at') }} as cancelled_date,
    orders.cancelled_at is not null as is_cancelled,
    orders.cancel_reason,
    orders.invoiced_at,
    orders.delivered_at,
    {{ business_date('orders.delivered_at') }} as delivered_date,
    orders.registered_at,

    -- amounts
    orders.amount,
    orders.cost,
    orders.amount - orders.cost as margin,
    case when orders.order_at is not null and orders.cancelled_at is null then orders.amount end as net_amount,

    -- owner at the order
    coalesce(stores_now.region_id, placed.region_id) as region_id_now,
    {{ shared_dimensions('placed') }}
from {{ ref('int_orders__resolved') }} as orders
inner join {{ ref('int_activities__placed') }} as placed on placed.record_id = orders.order_id and placed.kind in ('order', 'order_begun')
left join {{ ref('int_organisation__store_periods') }} as stores_now on stores_now.store_id = placed.store_id and stores_now.is_latest
{{ ordered_by_day('order_date') }}
