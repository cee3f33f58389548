{{ kept() }}
{{ partitioned_by_day('captured_date', cluster_by=['channel_id', 'region_id']) }}
select
    captures.source,
    captures.resource,
    captures.record_id,
    captures.captured_at,
    {{ business_date('captures.captured_at') }} as captured_date,
    captures.outcome,
    captures.lead_id,
    case
        when captures.outcome = 'rejected' then captures.rejected_reason
        when captures.outcome = 'duplicate' then 'repeat'
        when captures.reopened_record_id is not null then 'reopened'
    end as reason,
    captures.customer_id,
    captures.channel_id,
    captures.campaign_id,
    captures.event_id,
    captures.series_id,
    coalesce(leads.region_id, cities.region_id) as region_id,
    captures.city,
    captures.price,
    recognised.customer_id is not null as is_recognisable
from {{ ref('int_leads__captures_grouped') }} as captures
left join {{ ref('fct_leads') }} as leads on leads.lead_id = captures.lead_id
left join {{ ref('int_identity__customers_recognised') }} as recognised on recognised.customer_id = captures.customer_id
left join {{ ref('stg_reference__cities') }} as cities on cities.city = captures.city
