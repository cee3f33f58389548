select
    campaign_id,
    name_zh,
    name_en,
    channel_id,
    platform,
    account_id,
    started_on,
    ended_on,
    false as is_inferred
from {{ ref('stg_reference__campaigns') }}
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
    true
from ({{ inferred_members('campaign', ref('stg_reference__campaigns'), 'campaign_id') }}) as inferred
