select
    latest.staff_id as advisor_id,
    latest.name_zh,
    latest.name_en,
    latest.role,
    latest.store_id,
    stores.area_id,
    stores.region_id,
    stores.dealer_group_id,
    latest.joined_on,
    latest.left_on,
    false as is_inferred
from {{ ref('int_organisation__staff_periods') }} as latest
left join {{ ref('int_organisation__store_periods') }} as stores on stores.store_id = latest.store_id and stores.is_latest
where latest.is_latest
union all
select member_id, member_id, member_id, null, null, null, null, null, null, null, true
from ({{ inferred_members('staff', ref('stg_reference__staff'), 'staff_id') }}) as inferred
