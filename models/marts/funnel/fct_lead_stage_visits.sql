{{ kept() }}
{{ partitioned_by_day('entered_date', cluster_by=['stage', 'region_id', 'store_id']) }}
with entries as (

    select
        placed.lead_id,
        placed.customer_id,
        placed.record_id,
        placed.happened_at,
        placed.happened_date,
        placed.product_id,
        placed.province,
        placed.city,
        {{ shared_dimensions('placed') }},
        stages.stage,
        stages.repeats,
        row_number() over (partition by placed.lead_id, stages.stage order by placed.happened_at, placed.record_id, placed.kind) as visit
    from {{ ref('int_activities__placed') }} as placed
    inner join {{ ref('stage_activities') }} as stages on stages.activity = placed.kind
    where placed.lead_id is not null and (stages.stage <> 'assigned' or placed.names_owner)

),

visits as (

    select
        *,
        lead(happened_at) over (partition by lead_id order by happened_at, record_id, stage) as exited_at
    from entries
    where visit = 1 or repeats

),

dated as (

    select *, {{ business_date('exited_at') }} as exited_date
    from visits

)

select
    dated.lead_id,
    dated.customer_id,
    dated.stage,
    dated.visit,
    dated.record_id,
    dated.happened_at as entered_at,
    dated.happened_date as entered_date,
    dated.exited_at,
    {{ minutes_between('dated.happened_at', 'dated.exited_at') }} as minutes,
    {{ business_minutes('dated.happened_at', 'entry_day', 'dated.exited_at', 'exit_day') }} as business_minutes,
    dated.product_id,
    dated.province,
    dated.city,
    {{ shared_dimensions('dated') }}
from dated
left join {{ ref('int_build__business_days') }} as entry_day on entry_day.day = dated.happened_date
left join {{ ref('int_build__business_days') }} as exit_day on exit_day.day = dated.exited_date
