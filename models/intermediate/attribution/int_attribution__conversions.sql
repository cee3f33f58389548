{{ sliced() }}
select
    'valid_lead' as conversion_type,
    lead_id as conversion_id,
    customer_id,
    valid_at as conversion_at,
    region_id,
    store_id,
    series_id,
    true as with_lead,
    {{ to_decimal('null', 2) }} as revenue
from {{ ref('fct_leads') }}
where valid_at is not null
union all
select 'test_drive', test_drive_id, customer_id, started_at, region_id, store_id, series_id, with_lead, null
from {{ ref('fct_test_drives') }}
union all
select 'order', order_id, customer_id, order_at, region_id, store_id, series_id, with_lead, net_amount
from {{ ref('fct_orders') }}
where order_at is not null and not is_cancelled
union all
select 'delivery', order_id, customer_id, delivered_at, region_id, store_id, series_id, with_lead, amount
from {{ ref('fct_orders') }}
where delivered_at is not null and not is_cancelled
