with ruled as (

    select rules.*
    from {{ ref('channel_rules') }} as rules
    left join {{ ref('stg_reference__channels') }} as channels on channels.channel_id = rules.channel_id
    left join {{ ref('int_organisation__members_used') }} as used on used.dimension = 'channel' and used.member_id = rules.channel_id
    where channels.channel_id is null and (used.member_id is not null or rules.channel_id in ('(blank)', '(none)', 'walk_in'))

)

select channel_id, name_zh, name_en, domain, party, medium, ownership, is_direct, false as is_inferred
from {{ ref('stg_reference__channels') }}
union all
select channel_id, name_zh, name_en, domain, party, medium, ownership, is_direct, false
from ruled
union all
select inferred.member_id, inferred.member_id, inferred.member_id, null, null, null, null, false, true
from ({{ inferred_members('channel', ref('stg_reference__channels'), 'channel_id') }}) as inferred
left join ruled on ruled.channel_id = inferred.member_id
where ruled.channel_id is null
