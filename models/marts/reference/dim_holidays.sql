select
    holiday || ' ' || cast(extract(year from anchor_date) as {{ dbt.type_string() }}) as holiday_key,
    holiday,
    name_zh,
    name_en,
    cast(extract(year from anchor_date) as bigint) as year,
    anchor_date,
    {{ add_days('anchor_date', '-days_before') }} as first_date,
    {{ add_days('anchor_date', 'days_after') }} as last_date,
    {{ to_decimal('day_weight', 2) }} as day_weight
from {{ ref('moving_holidays') }}
