{{ partitioned_by_day('snapshot_date', cluster_by=['region_id', 'store_id']) }}
with clock as (

    select {{ business_date('as_of') }} as last_day
    from {{ ref('int_build__clock') }}

),

days as (

    select dates.date as day
    from {{ ref('dim_dates') }} as dates
    cross join clock
    where dates.date <= clock.last_day and dates.date > {{ add_days('clock.last_day', -1 * var('pipeline_history_days')) }}

),

-- A cancelled order is no open one; what happens to the lead next is another stay.
stays as (

    select
        stays.store_id,
        stays.region_id,
        stays.stage,
        stays.intent_level,
        stays.entered_date,
        {{ business_date("case
            when stays.stage = 'order' and orders.cancelled_at < coalesce(stays.exited_at, clock.as_of) then orders.cancelled_at
            else stays.exited_at
        end") }} as exited_date
    from {{ ref('fct_lead_stage_visits') }} as stays
    inner join {{ ref('fct_leads') }} as leads on leads.lead_id = stays.lead_id and leads.status <> 'invalid'
    cross join {{ ref('int_build__clock') }} as clock
    left join (
        select lead_id, max(cancelled_at) as cancelled_at
        from {{ ref('fct_orders') }}
        where lead_id is not null
        group by lead_id
        having count(*) = count(cancelled_at)
    ) as orders on orders.lead_id = stays.lead_id
    where stays.stage not in ('delivery', 'lost')

),

-- Entering adds one and leaving takes one: each stay is two rows, however long it lasts.
changes as (

    select
        store_id,
        region_id,
        stage,
        intent_level,
        greatest(entered_date, first_day.day) as day,
        1 as change
    from stays
    cross join (select min(day) as day from days) as first_day
    where exited_date is null or exited_date > first_day.day
    union all
    select
        store_id,
        region_id,
        stage,
        intent_level,
        exited_date,
        -1
    from stays
    cross join (select min(day) as day from days) as first_day
    where exited_date > first_day.day

),

numbered as (

    select
        *,
        dense_rank() over (order by store_id, region_id, stage, intent_level) as place
    from changes

),

places as (

    select distinct
        place,
        store_id,
        region_id,
        stage,
        intent_level
    from numbered

),

summed as (

    select
        place,
        day,
        sum(change) as change
    from numbered
    group by place, day

),

running as (

    select
        days.day,
        places.store_id,
        places.region_id,
        places.stage,
        places.intent_level,
        sum(coalesce(summed.change, 0)) over (partition by places.place order by days.day rows between unbounded preceding and current row) as open_leads
    from places
    cross join days
    left join summed on summed.place = places.place and summed.day = days.day

)

select
    day as snapshot_date,
    store_id,
    region_id,
    stage,
    intent_level,
    cast(open_leads as bigint) as open_leads
from running
where open_leads > 0
