{{ sliced() }}
-- Orders with the person, the lead and the visit they belong to.
with visits as (

    select visit_id, lead_record_id from {{ ref('stg_crm__visits') }}

)

select
    orders.*,
    orders.{{ order_state_at() }} as order_at,
    known_visits.visit_id as known_visit_id,
    captures.lead_id,
    coalesce(captures.customer_id, records.customer_id) as customer_id
from {{ ref('stg_dms__orders') }} as orders
inner join {{ ref('bdg_customer_records') }} as records
    on records.resource = 'orders' and records.record_id = orders.order_id
left join visits as known_visits on known_visits.visit_id = orders.visit_id
left join {{ ref('int_leads__captures_grouped') }} as captures
    on captures.record_id = coalesce(orders.lead_record_id, known_visits.lead_record_id)
