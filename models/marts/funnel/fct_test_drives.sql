{{ kept(activity={'resource': "'test_drives'", 'record_id': 'row.test_drive_id'}) }}
{{ partitioned_by_day('started_date', cluster_by=['region_id', 'store_id']) }}
select
    drives.test_drive_id,
    placed.visit_id,
    coalesce(placed.customer_id, visits.customer_id) as customer_id,
    placed.lead_id,
    placed.lead_id is not null as with_lead,
    placed.product_id,
    placed.happened_at as started_at,
    placed.happened_date as started_date,
    {{ shared_dimensions('placed') }}
from {{ ref('stg_crm__test_drives') }} as drives
inner join {{ ref('int_activities__placed') }} as placed on placed.record_id = drives.test_drive_id and placed.kind = 'test_drive'
left join {{ ref('fct_visits') }} as visits on visits.visit_id = placed.visit_id
