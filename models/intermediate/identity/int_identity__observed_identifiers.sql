{%- set identifiers = ['phone', 'email', 'unionid', 'openid', 'wecom_external_userid', 'device_id', 'anonymous_id', 'vin', 'lead_record', 'visit_record'] -%}

{% for identifier in identifiers %}
select
    observation_rank,
    '{{ identifier }}' as identifier_type,
    {{ fingerprint("'" ~ identifier ~ ":' || " ~ identifier ~ "_hash") }} as identifier_key,
    {{ identifier }}_status as status
from {{ ref('int_identity__observations') }}
where {{ identifier }}_hash is not null
{% if not loop.last %}union all{% endif %}
{% endfor %}
