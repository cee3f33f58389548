select
    staff.staff_id as advisor_id,
    staff.valid_from,
    staff.valid_to,
    staff.name_zh,
    staff.name_en,
    staff.role,
    staff.store_id,
    stores.area_id,
    stores.region_id,
    stores.dealer_group_id
from {{ ref('int_organisation__staff_periods') }} as staff
left join {{ ref('int_organisation__store_periods') }} as stores
    on stores.store_id = staff.store_id
    and staff.valid_from >= stores.holds_from
    and staff.valid_from < stores.holds_to
