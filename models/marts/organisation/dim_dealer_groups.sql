select
    dealer_group_id,
    name_zh,
    name_en,
    false as is_inferred
from {{ ref('stg_reference__dealer_groups') }}
union all
select
    member_id,
    member_id,
    member_id,
    true
from ({{ inferred_members('dealer_group', ref('stg_reference__dealer_groups'), 'dealer_group_id') }}) as inferred
