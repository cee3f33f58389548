select
    store_id,
    name_zh,
    name_en,
    store_type,
    sales_model,
    dealer_group_id,
    area_id,
    region_id,
    province,
    city,
    city_tier,
    opened_on,
    closed_on,
    false as is_inferred
from {{ ref('int_organisation__store_periods') }}
where is_latest
union all
select member_id, member_id, member_id, null, null, null, null, null, null, null, null, null, null, true
from ({{ inferred_members('store', ref('int_organisation__store_periods'), 'store_id') }}) as inferred
