with days as (

    select day
    from {{ days_table("cast('2005-01-01' as date)", "cast('2045-12-31' as date)") }} as spine

),

opened as (

    select
        days.day,
        {{ epoch_us(business_day_start('days.day')) }} as day_start_us,
        holidays.holiday_date is not null and not holidays.is_workday as is_closed,
        hours.opens_at_minute * 60000000 as opens_us,
        hours.closes_at_minute * 60000000 as closes_us
    from days
    left join {{ ref('stg_reference__holidays') }} as holidays on holidays.holiday_date = days.day
    left join {{ ref('business_hours') }} as hours
        on hours.day_of_week = case when holidays.is_workday then 1 else {{ day_of_week('days.day') }} end

),

hours_of_day as (

    select
        day,
        day_start_us,
        case when is_closed or opens_us is null then 0 else opens_us end as opens_us,
        case when is_closed or opens_us is null then 0 else closes_us end as closes_us
    from opened

)

select
    day,
    day_start_us,
    cast(opens_us as bigint) as opens_us,
    cast(closes_us as bigint) as closes_us,
    cast(coalesce(sum(closes_us - opens_us) over (order by day rows between unbounded preceding and 1 preceding), 0) as bigint) as open_us_before
from hours_of_day
