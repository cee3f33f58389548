select
    touchpoint_id,
    customer_id,
    kind,
    occurred_at,
    {{ business_date('occurred_at') }} as occurred_date,
    channel_id,
    campaign_id,
    series_id
from {{ ref('int_attribution__touchpoints') }}
