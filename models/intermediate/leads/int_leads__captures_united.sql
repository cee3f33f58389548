{{ sliced() }}
{%- set resources = {
    'stg_web__forms': {'resource': 'forms', 'has': ['openid', 'unionid', 'device_id', 'anonymous_id']},
    'stg_ads__leads': {'resource': 'leads', 'has': ['openid', 'device_id']},
    'stg_verticals__leads': {'resource': 'leads', 'has': ['price']},
    'stg_crm__leads': {'resource': 'leads', 'has': ['openid', 'wecom_external_userid', 'crm']},
} -%}
{%- set identifiers = ['phone', 'email', 'openid', 'unionid', 'wecom_external_userid', 'device_id', 'anonymous_id'] %}

with united as (
    {% for model, resource in resources.items() %}
    select
        source,
        '{{ resource.resource }}' as resource,
        record_id,
        captured_at,
        first_loaded_at,
        name_hash,
        name_masked,
        {% for identifier in identifiers -%}
        {% if identifier in ['phone', 'email'] or identifier in resource.has -%}
        {{ identifier }}_hash,
        {{ identifier }}_status,
        {% else -%}
        cast(null as {{ dbt.type_string() }}) as {{ identifier }}_hash,
        cast(null as {{ dbt.type_string() }}) as {{ identifier }}_status,
        {% endif -%}
        {% endfor -%}
        phone_masked,
        channel_id,
        campaign_id,
        event_id,
        series_id,
        product_id,
        province,
        city,
        {% for column in ['store_id', 'inviter_id', 'advisor_id', 'intent_level', 'reopened_record_id'] -%}
        {% if 'crm' in resource.has %}{{ column }}{% else %}cast(null as {{ dbt.type_string() }}) as {{ column }}{% endif %},
        {% endfor -%}
        {% if 'crm' in resource.has %}qualified_at{% else %}cast(null as timestamp) as qualified_at{% endif %},
        {% if 'price' in resource.has %}price{% else %}{{ to_decimal('null', 2) }} as price{% endif %}
    from {{ ref(model) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

reachable as (

    select
        *,
        coalesce(phone_status, email_status, openid_status, unionid_status, wecom_external_userid_status) is not null as gives_contact,
        coalesce(phone_status in ('ok', 'relay'), false)
        or coalesce(email_status = 'ok', false)
        or coalesce(openid_status = 'ok', false)
        or coalesce(unionid_status = 'ok', false)
        or coalesce(wecom_external_userid_status = 'ok', false) as is_reachable
    from united

)

select
    source,
    resource,
    record_id,
    captured_at,
    first_loaded_at,
    name_hash,
    name_masked,
    {% for identifier in identifiers -%}
    {{ identifier }}_hash,
    {{ identifier }}_status,
    {% endfor -%}
    phone_masked,
    campaign_id,
    event_id,
    series_id,
    product_id,
    province,
    city,
    store_id,
    inviter_id,
    advisor_id,
    intent_level,
    reopened_record_id,
    qualified_at,
    price,
    coalesce(channel_id, '(blank)') as channel_id,
    gives_contact and not is_reachable as is_rejected,
    case
        when is_reachable or not gives_contact then null
        when phone_status is not null then 'phone_' || phone_status
        when email_status is not null then 'email_' || email_status
        else 'contact_invalid'
    end as rejected_reason
from reachable
