with ends as (

    select min(first_date) as first_date, max(last_date) as last_date
    from (
        select min({{ business_date('captured_at') }}) as first_date, max({{ business_date('captured_at') }}) as last_date from {{ ref('int_leads__captures_grouped') }}
        union all
        select min(happened_date), max(happened_date) from {{ ref('int_activities__placed') }}
        union all
        select min(spend_date), max(spend_date) from {{ ref('stg_ads__spend') }}
        union all
        select min(target_month), max(target_month) from {{ ref('stg_reference__targets') }}
        union all
        select {{ business_date('as_of') }}, {{ business_date('as_of') }} from {{ ref('int_build__clock') }}
    ) as dated

),

-- Whole years, and one before the first, so that every comparison finds its days.
days as (

    select business_days.day
    from {{ ref('int_build__business_days') }} as business_days
    cross join ends
    where business_days.day >= {{ start_of('year', add_days(start_of('year', 'ends.first_date'), -1)) }}
        and business_days.day < {{ start_of('year', add_days(start_of('year', 'ends.last_date'), 370)) }}

)

select
    days.day as date,
    {{ start_of('week', 'days.day') }} as week_start,
    {{ start_of('month', 'days.day') }} as month_start,
    {{ start_of('quarter', 'days.day') }} as quarter_start,
    cast(extract(year from days.day) as bigint) as year,
    cast(extract(month from days.day) as bigint) as month,
    cast({{ day_of_week('days.day') }} as bigint) as day_of_week,
    {{ day_of_week('days.day') }} >= 6 as is_weekend,
    coalesce(not holidays.is_workday, false) as is_holiday,
    coalesce(holidays.is_workday, {{ day_of_week('days.day') }} < 6) as is_workday,
    holidays.name_zh as holiday_name_zh,
    holidays.name_en as holiday_name_en,
    {{ business_day_start(add_days('days.day', 1)) }} <= clock.as_of as is_past
from days
cross join {{ ref('int_build__clock') }} as clock
left join {{ ref('stg_reference__holidays') }} as holidays on holidays.holiday_date = days.day
