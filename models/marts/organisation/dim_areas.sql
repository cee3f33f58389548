select
    area_id,
    name_zh,
    name_en,
    region_id,
    false as is_inferred
from {{ ref('stg_reference__areas') }}
union all
select
    member_id,
    member_id,
    member_id,
    null,
    true
from ({{ inferred_members('area', ref('stg_reference__areas'), 'area_id') }}) as inferred
