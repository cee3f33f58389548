{%- set parts = [] -%}
{%- for type in ['anonymous_id', 'device_id', 'openid', 'unionid'] -%}
    {%- do parts.append({'type': type, 'value': type ~ '_hash', 'status': type ~ '_status', 'relation': ref('stg_web__events')}) -%}
{%- endfor -%}
{%- for source in identifier_sources() -%}
    {%- for type, value in source.identifiers.items() -%}
        {%- do parts.append({'type': type, 'value': value, 'status': type ~ '_status' if value.endswith('_hash') else "'ok'", 'relation': source.relation}) -%}
    {%- endfor -%}
{%- endfor %}

with named as (
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
)

select
    {{ fingerprint("identifier_type || ':' || identifier_hash") }} as identifier_key,
    max(identifier_type) as identifier_type,
    max(identifier_hash) as identifier_hash,
    max(status) as status
from named
group by identifier_key
