-- The pipeline of the last day, summed from comings and goings, is the number of stays that have not ended.
with stood as (

    select count(*) as stays
    from {{ ref('fct_lead_stage_visits') }} as stays
    inner join {{ ref('fct_leads') }} as leads on leads.lead_id = stays.lead_id and leads.status <> 'invalid'
    where stays.exited_at is null
        and stays.stage not in ('delivery', 'lost')
        and not (
            stays.stage = 'order'
            and stays.lead_id in (select lead_id from {{ ref('fct_orders') }} where lead_id is not null group by lead_id having count(*) = count(cancelled_at))
        )

),

counted as (

    select coalesce(sum(pipeline.open_leads), 0) as open_leads
    from {{ ref('fct_pipeline_daily') }} as pipeline
    inner join (select {{ business_date('as_of') }} as last_day from {{ ref('int_build__clock') }}) as clock on clock.last_day = pipeline.snapshot_date

)

select *
from stood
cross join counted
where stood.stays <> counted.open_leads
