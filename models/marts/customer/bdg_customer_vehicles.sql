{{ kept() }}
with vehicles as (

    select
        records.customer_id,
        orders.vin_hash as vehicle_id,
        orders.vin_masked as vehicle_masked,
        orders.order_id,
        coalesce(orders.invoiced_at, orders.delivered_at, orders.locked_at) as bought_at,
        orders.registered_at,
        orders.cancelled_at
    from {{ ref('stg_dms__orders') }} as orders
    inner join {{ ref('bdg_customer_records') }} as records
        on records.resource = 'orders' and records.record_id = orders.order_id
    where orders.vin_hash is not null and orders.vin_status = 'ok'

),

roles as (

    select customer_id, vehicle_id, vehicle_masked, order_id, 'buyer' as role, bought_at as valid_from, cancelled_at as valid_to from vehicles
    union all
    select customer_id, vehicle_id, vehicle_masked, order_id, 'owner', registered_at, cancelled_at from vehicles where registered_at is not null

)

select customer_id, vehicle_id, vehicle_masked, role, valid_from, valid_to, order_id
from roles
where true
qualify row_number() over (partition by customer_id, vehicle_id, role, valid_from order by order_id) = 1
