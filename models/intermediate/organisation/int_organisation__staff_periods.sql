-- The first period of a person also covers the days before it, so that an early fact finds the role. Instants, as activities have.
with periods as (

    select
        *,
        row_number() over (partition by staff_id order by valid_from) as period,
        lead(valid_from) over (partition by staff_id order by valid_from) as valid_to
    from {{ ref('stg_reference__staff') }}

)

select
    *,
    valid_to is null as is_latest,
    case when period = 1 then cast('1900-01-01' as timestamp) else {{ business_day_start('valid_from') }} end as holds_from,
    coalesce({{ business_day_start('valid_to') }}, cast('9999-12-31' as timestamp)) as holds_to
from periods
