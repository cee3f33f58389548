select
    region_id,
    name_zh,
    name_en,
    false as is_inferred
from {{ ref('stg_reference__regions') }}
union all
select
    member_id,
    member_id,
    member_id,
    true
from ({{ inferred_members('region', ref('stg_reference__regions'), 'region_id') }}) as inferred
