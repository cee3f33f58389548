{{ sliced() }}
{%- set lookback_us = var('attribution_lookback_days') * 86400000000 %}

-- Each touch of a conversion inside the lookback, in order; both ends of the window count, and repeats are kept.
with touches as (

    select
        conversions.conversion_type,
        conversions.conversion_id,
        touchpoints.touchpoint_id,
        touchpoints.channel_id,
        touchpoints.campaign_id,
        coalesce(channels.is_direct, false) as is_direct,
        row_number() over (
            partition by conversions.conversion_type, conversions.conversion_id
            order by touchpoints.occurred_at, touchpoints.touchpoint_id
        ) as position
    from {{ ref('int_attribution__conversions') }} as conversions
    inner join {{ ref('fct_touchpoints') }} as touchpoints
        on touchpoints.customer_id = conversions.customer_id
        and touchpoints.occurred_at <= conversions.conversion_at
        and {{ epoch_us('conversions.conversion_at') }} - {{ epoch_us('touchpoints.occurred_at') }} <= {{ lookback_us }}
    left join {{ ref('dim_channels') }} as channels on channels.channel_id = touchpoints.channel_id

),

measured as (

    select
        *,
        count(*) over (partition by conversion_type, conversion_id) as path_length,
        max(case when not is_direct then position end) over (partition by conversion_type, conversion_id) as last_non_direct
    from touches

)

select
    conversion_type,
    conversion_id,
    touchpoint_id,
    channel_id,
    campaign_id,
    position,
    path_length,
    -- A path of direct touches only gives its last one the credit.
    coalesce(last_non_direct, path_length) as last_non_direct
from measured
