select
    product_id,
    name_zh,
    name_en,
    series_id,
    series_name_zh,
    series_name_en,
    model_year,
    powertrain,
    list_price,
    false as is_inferred
from {{ ref('stg_reference__products') }}
union all
select
    member_id,
    member_id,
    member_id,
    null,
    null,
    null,
    null,
    null,
    null,
    true
from ({{ inferred_members('product', ref('stg_reference__products'), 'product_id') }}) as inferred
