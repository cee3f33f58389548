{%- set identifiers = ['phone', 'email', 'unionid', 'openid', 'wecom_external_userid', 'device_id', 'anonymous_id', 'vin', 'lead_record', 'visit_record'] -%}
{%- set sources = [
    {'from': 'visitors', 'resource': "'events'", 'record_id': 'session_id', 'seen_at': 'started_at', 'has': ['unionid', 'openid', 'device_id', 'anonymous_id']},
    {'from': ref('int_leads__captures_united'), 'resource': 'resource', 'record_id': 'record_id', 'seen_at': 'captured_at',
     'has': ['phone', 'email', 'unionid', 'openid', 'wecom_external_userid', 'device_id', 'anonymous_id'], 'name': true, 'lead_record': 'record_id'},
    {'from': ref('stg_crm__visits'), 'resource': "'visits'", 'record_id': 'visit_id', 'seen_at': 'arrived_at',
     'has': ['phone'], 'name': true, 'lead_record': 'lead_record_id', 'visit_record': 'visit_id'},
    {'from': 'orders', 'resource': "'orders'", 'record_id': 'order_id', 'seen_at': 'ordered_at',
     'has': ['phone', 'vin'], 'name': true, 'lead_record': 'lead_record_id', 'visit_record': 'visit_id'},
] %}

with visitors as (

    select
        *,
        count(*) over (partition by visitor_key) as sessions,
        max(ended_at) over (partition by visitor_key) as last_seen_at
    from {{ ref('int_web__sessions') }}
    where true
    qualify row_number() over (partition by visitor_key order by first_loaded_at, started_at, session_id) = 1

),

orders as (

    select
        *,
        coalesce(deposit_at, firm_deposit_at, locked_at, invoiced_at, delivered_at, registered_at, cancelled_at, updated_at) as ordered_at
    from {{ ref('stg_dms__orders') }}

),

united as (
    {% for part in sources %}
    select
        source,
        {{ part.resource }} as resource,
        {{ part.record_id }} as record_id,
        {{ part.seen_at }} as seen_at,
        first_loaded_at,
        {{ 'last_seen_at' if part.from == 'visitors' else part.seen_at }} as last_seen_at,
        {{ 'sessions' if part.from == 'visitors' else 1 }} as records,
        {{ 'visitor_key' if part.from == 'visitors' else 'null' }} as visitor_key,
        {{ 'name_hash' if part.name else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as name_hash
        {%- for identifier in identifiers %},
        {% if identifier in part.has -%}
        {{ identifier }}_hash,
        {{ identifier }}_status
        {%- elif part[identifier] -%}
        {{ part[identifier] }} as {{ identifier }}_hash,
        case when {{ part[identifier] }} is not null then 'ok' end as {{ identifier }}_status
        {%- else -%}
        cast(null as {{ dbt.type_string() }}) as {{ identifier }}_hash,
        cast(null as {{ dbt.type_string() }}) as {{ identifier }}_status
        {%- endif %}
        {%- endfor %}
    from {{ part.from }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    row_number() over (order by first_loaded_at, seen_at, source, resource, record_id) as observation_rank,
    *
from united
