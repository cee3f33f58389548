with periods as (

    select
        *,
        lead(valid_from) over (partition by staff_id order by valid_from) as valid_to
    from {{ ref('stg_reference__staff') }}

)

select
    periods.staff_id as advisor_id,
    periods.valid_from,
    periods.valid_to,
    periods.name_zh,
    periods.name_en,
    periods.role,
    periods.store_id,
    stores.area_id,
    stores.region_id,
    stores.dealer_group_id
from periods
left join {{ ref('int_organisation__store_periods') }} as stores
    on stores.store_id = periods.store_id
    and periods.valid_from >= stores.holds_from
    and periods.valid_from < stores.holds_to
