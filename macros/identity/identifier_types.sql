{# Types of identifiers that are read, as in the seed identifier_limits. #}
{% macro identifier_types() -%}
    {{ return(['phone', 'email', 'unionid', 'openid', 'wecom_external_userid', 'device_id', 'anonymous_id', 'vin', 'lead_record', 'visit_record']) }}
{%- endmacro %}

{#
    Where identifiers are read: for each kind of record the relation, the columns that say which record it is and when it
    happened, and the expression of each identifier (its hash, or the id itself for ids of source systems).
#}
{% macro identifier_sources() -%}
    {%- set captured = {} -%}
    {%- for type in ['phone', 'email', 'unionid', 'openid', 'wecom_external_userid', 'device_id', 'anonymous_id'] %}{% do captured.update({type: type ~ '_hash'}) %}{% endfor -%}
    {%- do captured.update({'lead_record': 'record_id'}) -%}
    {{ return([
        {'relation': ref('int_leads__captures_united'), 'resource': 'resource', 'record_id': 'record_id', 'seen_at': 'captured_at', 'identifiers': captured},
        {'relation': ref('stg_crm__visits'), 'resource': "'visits'", 'record_id': 'visit_id', 'seen_at': 'arrived_at',
         'identifiers': {'phone': 'phone_hash', 'lead_record': 'lead_record_id', 'visit_record': 'visit_id'}},
        {'relation': ref('stg_dms__orders'), 'resource': "'orders'", 'record_id': 'order_id',
         'seen_at': 'coalesce(deposit_at, firm_deposit_at, locked_at, invoiced_at, delivered_at, registered_at, cancelled_at, updated_at)',
         'identifiers': {'phone': 'phone_hash', 'vin': 'vin_hash', 'lead_record': 'lead_record_id', 'visit_record': 'visit_id'}},
    ]) }}
{%- endmacro %}

{# Short key of an identifier inside one build; null where the value is. #}
{% macro identifier_key(type, expression) -%}
    case when {{ expression }} is not null then {{ fingerprint("'" ~ type ~ ":' || " ~ expression) }} end
{%- endmacro %}
