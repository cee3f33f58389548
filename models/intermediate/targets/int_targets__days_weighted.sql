{# A name a day, Monday first, and the last days of a month from its end: the columns of the seed. #}
{%- set weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] -%}
{%- set last_days = ['last_day', 'second_last_day', 'third_last_day'] -%}
{%- set by_weekday -%}
coalesce(case days.day_of_week {%- for weekday in weekdays %} when {{ loop.index }} then weights.{{ weekday }}{% endfor %} end, 1)
{%- endset -%}
{%- set by_month_end -%}
coalesce(case days.day_from_end {%- for last_day in last_days %} when {{ loop.index }} then weights.{{ last_day }}{% endfor %} end, 1)
{%- endset %}

with days as (

    select
        date,
        month_start,
        day_of_week,
        row_number() over (partition by month_start order by date desc) as day_from_end
    from {{ ref('dim_dates') }}

),

metrics as (

    select distinct metric from {{ ref('stg_reference__targets') }}

),

-- Where two holidays meet, the one that moves demand most counts.
holidays as (

    select date, weight
    from (
        select
            days.date,
            holidays.day_weight as weight,
            row_number() over (partition by days.date order by abs(holidays.day_weight - 1) desc, holidays.holiday) as place
        from days
        inner join {{ ref('dim_holidays') }} as holidays on days.date between holidays.first_date and holidays.last_date
    ) as met
    where place = 1

),

weighted as (

    select
        metrics.metric,
        days.date,
        days.month_start,
        -- A metric that the seed does not name has equal days. Decimals, so that sums do not depend on their order.
        {{ to_decimal(by_weekday, 2) }} * {{ to_decimal(by_month_end, 2) }} * {{ to_decimal('coalesce(case when weights.metric is not null then holidays.weight end, 1)', 2) }} as weight
    from days
    cross join metrics
    left join {{ ref('target_day_weights') }} as weights on weights.metric = metrics.metric
    left join holidays on holidays.date = days.date

)

select
    metric,
    date,
    month_start,
    cast(sum(weight) over (partition by metric, month_start order by date) - weight as {{ type_double() }})
        / cast(sum(weight) over (partition by metric, month_start) as {{ type_double() }}) as share_before,
    cast(sum(weight) over (partition by metric, month_start order by date) as {{ type_double() }})
        / cast(sum(weight) over (partition by metric, month_start) as {{ type_double() }}) as share_until
from weighted
