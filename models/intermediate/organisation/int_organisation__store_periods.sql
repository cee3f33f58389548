-- The first period of a store also covers the days before it, so that an early fact finds its region.
with periods as (

    select
        stores.*,
        areas.region_id,
        row_number() over (partition by stores.store_id order by stores.valid_from) as period,
        lead(stores.valid_from) over (partition by stores.store_id order by stores.valid_from) as valid_to
    from {{ ref('stg_reference__stores') }} as stores
    left join {{ ref('stg_reference__areas') }} as areas on areas.area_id = stores.area_id

)

select
    *,
    valid_to is null as is_latest,
    case when period = 1 then cast('1900-01-01' as date) else valid_from end as holds_from,
    coalesce(valid_to, cast('9999-12-31' as date)) as holds_to
from periods
