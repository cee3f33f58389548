{{ sliced() }}
with visitors as (

    select
        *,
        count(*) over (partition by visitor_key) as sessions,
        max(ended_at) over (partition by visitor_key) as last_seen_at
    from {{ ref('int_web__sessions') }}
    where true
    qualify row_number() over (partition by visitor_key order by first_loaded_at, started_at, session_id) = 1

),

united as (

    select
        source,
        'events' as resource,
        session_id as record_id,
        started_at as seen_at,
        first_loaded_at,
        last_seen_at,
        sessions as records,
        visitor_key,
        null as name_key,
        null as usable_phone_key
        {%- for type in identifier_types() %},
        {{ type ~ '_key' if type in ['anonymous_id', 'device_id', 'openid', 'unionid'] else 'null as ' ~ type ~ '_key' }}
        {%- endfor %}
    from visitors
    {%- for part in identifier_sources() %}
    union all
    select
        source,
        {{ part.resource }},
        {{ part.record_id }},
        {{ part.seen_at }},
        first_loaded_at,
        {{ part.seen_at }},
        1,
        null,
        {{ identifier_key('name', 'name_hash') }},
        case when phone_status = 'ok' then {{ identifier_key('phone', 'phone_hash') }} end
        {%- for type in identifier_types() %},
        {{ identifier_key(type, part.identifiers[type]) if type in part.identifiers else 'null' }}
        {%- endfor %}
    from {{ part.relation }}
    {%- endfor %}

)

select
    row_number() over (order by first_loaded_at, seen_at, source, resource, record_id) as observation_rank,
    *
from united
