with visits as (

    select
        *,
        lead(happened_at) over (partition by lead_id order by happened_at, record_id, stage) as exited_at
    from {{ ref('int_leads__stage_entries') }}

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
    dated.happened_at as entered_at,
    dated.happened_date as entered_date,
    dated.exited_at,
    {{ minutes_between('dated.happened_at', 'dated.exited_at') }} as minutes,
    {{ business_minutes('dated.happened_at', 'entry_day', 'dated.exited_at', 'exit_day') }} as business_minutes,
    {{ shared_dimensions('dated') }}
from dated
left join {{ ref('int_build__business_days') }} as entry_day on entry_day.day = dated.happened_date
left join {{ ref('int_build__business_days') }} as exit_day on exit_day.day = dated.exited_date
