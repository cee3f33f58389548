{{ kept(activity={'resource': "'appointments'", 'record_id': 'row.appointment_id'}) }}
{{ partitioned_by_day('due_date', cluster_by=['region_id', 'store_id']) }}
select
    appointments.appointment_id,
    placed.customer_id,
    placed.lead_id,
    appointments.status,
    appointments.made_at,
    {{ business_date('appointments.made_at') }} as made_date,
    appointments.due_at,
    placed.happened_date as due_date,
    appointments.arrived_at,
    appointments.status <> 'cancelled' and appointments.due_at <= clock.as_of as is_due,
    appointments.status = 'arrived' as is_arrived,
    appointments.status <> 'cancelled' and appointments.status <> 'arrived' and appointments.due_at <= clock.as_of as is_no_show,
    {{ shared_dimensions('placed') }}
from {{ ref('stg_crm__appointments') }} as appointments
inner join {{ ref('int_activities__placed') }} as placed on placed.record_id = appointments.appointment_id and placed.kind = 'appointment_due'
cross join {{ ref('int_build__clock') }} as clock
