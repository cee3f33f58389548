select
    event_id,
    name_zh,
    name_en,
    kind,
    channel_id,
    region_id,
    starts_on,
    ends_on,
    cost,
    false as is_inferred
from {{ ref('stg_reference__events') }}
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
from ({{ inferred_members('event', ref('stg_reference__events'), 'event_id') }}) as inferred
