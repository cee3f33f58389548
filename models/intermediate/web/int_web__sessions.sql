{%- set identifiers = ['anonymous_id', 'device_id', 'openid', 'unionid'] %}

with events as (

    select * from {{ ref('stg_web__events') }}

),

sessions as (

    select
        source,
        session_id,
        {% for identifier in identifiers -%}
        max({{ identifier }}_hash) as {{ identifier }}_hash,
        max({{ identifier }}_status) as {{ identifier }}_status,
        {% endfor -%}
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        min(first_loaded_at) as first_loaded_at,
        max(case when event_name = 'model_view' then 1 else 0 end) as has_model_view,
        max(case when event_name = 'configurator' then 1 else 0 end) as has_configurator,
        max(case when event_name = 'calculator' then 1 else 0 end) as has_calculator,
        max(case when event_name = 'page_view' then 1 else 0 end) as has_page_view
    from events
    group by source, session_id

)

select
    *,
    -- A session without any identifier is a visitor of its own.
    case
        when coalesce({{ identifiers | join('_hash, ') }}_hash) is null then {{ fingerprint("'session:' || session_id") }}
        else {{ fingerprint("source || ':' || " ~ "coalesce(" ~ identifiers | join("_hash, '') || ':' || coalesce(") ~ "_hash, '')") }}
    end as visitor_key
from sessions
