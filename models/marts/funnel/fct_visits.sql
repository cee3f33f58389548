{{ kept() }}
{{ partitioned_by_day('arrived_date', cluster_by=['region_id', 'store_id']) }}
with drives as (

    select distinct visit_id from {{ ref('stg_crm__test_drives') }} where visit_id is not null

),

orders as (

    select distinct known_visit_id as visit_id from {{ ref('int_orders__resolved') }} where order_at is not null and known_visit_id is not null

),

visits as (

    select
        placed.*,
        visits.kind as visit_kind,
        coalesce(placed.customer_id, records.customer_id) as visitor_id
    from {{ ref('stg_crm__visits') }} as visits
    inner join {{ ref('int_activities__placed') }} as placed on placed.record_id = visits.visit_id and placed.kind = 'visit'
    inner join {{ ref('bdg_customer_records') }} as records
        on records.resource = 'visits' and records.record_id = visits.visit_id

)

select
    visits.record_id as visit_id,
    visits.visitor_id as customer_id,
    visits.lead_id,
    visits.lead_id is not null as with_lead,
    visits.visit_kind as kind,
    row_number() over (partition by visits.visitor_id order by visits.happened_at, visits.record_id) = 1 as is_first,
    visits.happened_at as arrived_at,
    visits.happened_date as arrived_date,
    drives.visit_id is not null as has_test_drive,
    orders.visit_id is not null as has_order,
    {{ shared_dimensions('visits') }}
from visits
left join drives on drives.visit_id = visits.record_id
left join orders on orders.visit_id = visits.record_id
