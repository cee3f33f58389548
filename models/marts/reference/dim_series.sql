with known as (

    select series_id, min(series_name_zh) as name_zh, min(series_name_en) as name_en
    from {{ ref('stg_reference__products') }}
    group by series_id

)

select series_id, name_zh, name_en, false as is_inferred
from known
union all
select member_id, member_id, member_id, true
from ({{ inferred_members('series', 'known', 'series_id') }}) as inferred
