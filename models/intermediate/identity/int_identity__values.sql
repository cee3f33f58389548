{{ sliced() }}
{%- set visitors = ['anonymous_id', 'device_id', 'openid', 'unionid'] -%}
{%- set parts = [] -%}
{%- for type in visitors -%}
    {%- do parts.append({'type': type, 'value': type ~ '_hash', 'status': type ~ '_status', 'relation': 'visitors'}) -%}
{%- endfor -%}
{%- for source in identifier_sources() -%}
    {%- for type, value in source.identifiers.items() -%}
        {%- do parts.append({'type': type, 'value': value, 'status': type ~ '_status' if value.endswith('_hash') else "'ok'", 'relation': source.relation}) -%}
    {%- endfor -%}
{%- endfor %}

-- The events of the site are by far the most records: their identifiers are gathered in one pass.
with visitors as (

    select
        {% for type in visitors -%}
        {{ type }}_hash,
        {{ type }}_status{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('stg_web__events') }}
    group by grouping sets ({% for type in visitors %}({{ type }}_hash, {{ type }}_status){{ ', ' if not loop.last }}{% endfor %})

),

named as (
    {% for part in parts %}
    select
        '{{ part.type }}' as identifier_type,
        {{ part.value }} as identifier_hash,
        {{ part.status }} as status
    from {{ part.relation }}
    where {{ part.value }} is not null
    group by 1, 2, 3
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
    {%- if is_increment() %}
    -- What records outside the slice say of an identifier: one that is a relay's anywhere is one everywhere.
    union all
    select identifier_type, identifier_hash, max(blocked_reason)
    from {{ relation_of('int_identity__blocked') }}
    where blocked_reason not in ('fan_out', 'contradiction', 'not_a_merge_key')
    group by 1, 2
    {%- endif %}
)

select
    {{ fingerprint("identifier_type || ':' || identifier_hash") }} as identifier_key,
    max(identifier_type) as identifier_type,
    max(identifier_hash) as identifier_hash,
    max(status) as status
from named
group by identifier_key
