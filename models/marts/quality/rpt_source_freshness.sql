with loads as (

    select
        source,
        max(finished_at) as loaded_at,
        count(distinct resource) as resources,
        sum(rows_landed) as rows_landed,
        sum(rows_quarantined) as rows_quarantined
    from {{ ref('stg_landing__loads') }}
    where status = 'done'
    group by source

),

reach as (

    select source, max(data_until) as data_until
    from {{ ref('stg_landing__cursors') }}
    group by source

)

select
    loads.source,
    loads.loaded_at,
    reach.data_until,
    loads.resources,
    cast(loads.rows_landed as bigint) as rows_landed,
    cast(loads.rows_quarantined as bigint) as rows_quarantined,
    {{ minutes_between('reach.data_until', 'clock.as_of') }} / 60.0 as lag_hours
from loads
cross join {{ ref('int_build__clock') }} as clock
left join reach on reach.source = loads.source
