{{ kept(schema='kept', where='session_id in (select record_id from ' ~ slice_relation('activities') ~ " where resource = 'events')") }}
{%- set identifiers = ['anonymous_id', 'device_id', 'openid', 'unionid'] -%}
{%- set deeds = ['page_view', 'model_view', 'configurator', 'calculator'] %}

with sessions as (

    select
        source,
        session_id,
        {% for identifier in identifiers -%}
        max({{ identifier_key(identifier, identifier ~ '_hash') }}) as {{ identifier }}_key,
        {% endfor -%}
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        min(first_loaded_at) as first_loaded_at
        {%- for deed in deeds %},
        max(case when event_name = '{{ deed }}' then 1 else 0 end) as has_{{ deed }}
        {%- endfor %}
    from {{ ref('stg_web__events') }}
    group by source, session_id

)

select
    *,
    -- Sessions with the same identifiers are one visitor; a session without any is a visitor of its own.
    case
        when coalesce({{ identifiers | join('_key, ') }}_key) is null then {{ fingerprint("'session:' || session_id") }}
        else {{ fingerprint("source || ':' || " ~ "coalesce(cast(" ~ identifiers | join("_key as " ~ dbt.type_string() ~ "), '') || ':' || coalesce(cast(") ~ "_key as " ~ dbt.type_string() ~ "), '')") }}
    end as visitor_key
from sessions
