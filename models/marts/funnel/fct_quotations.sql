{{ kept(activity={'resource': "'quotations'", 'record_id': 'row.quotation_id'}) }}
{{ partitioned_by_day('quoted_date', cluster_by=['region_id', 'store_id']) }}
select
    quotations.quotation_id,
    placed.visit_id,
    coalesce(placed.customer_id, visits.customer_id) as customer_id,
    placed.lead_id,
    placed.lead_id is not null as with_lead,
    placed.product_id,
    quotations.amount,
    placed.happened_at as quoted_at,
    placed.happened_date as quoted_date,
    {{ shared_dimensions('placed') }}
from {{ ref('stg_crm__quotations') }} as quotations
inner join {{ ref('int_activities__placed') }} as placed on placed.record_id = quotations.quotation_id and placed.kind = 'quotation'
left join {{ ref('fct_visits') }} as visits on visits.visit_id = placed.visit_id
