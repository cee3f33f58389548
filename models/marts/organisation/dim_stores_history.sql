select
    store_id,
    valid_from,
    valid_to,
    name_zh,
    name_en,
    store_type,
    sales_model,
    dealer_group_id,
    area_id,
    region_id,
    province,
    city,
    city_tier
from {{ ref('int_organisation__store_periods') }}
