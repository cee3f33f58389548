{%- set identifiers = ['phone', 'email', 'unionid', 'openid', 'wecom_external_userid', 'device_id', 'anonymous_id', 'vin', 'lead_record', 'visit_record'] %}

with observed as (

    select
        observed.identifier_key,
        observed.identifier_type,
        observed.status,
        observed.observation_rank,
        observations.seen_at,
        observations.last_seen_at,
        observations.records,
        observations.name_hash,
        case when observed.identifier_type <> 'phone' and observations.phone_status = 'ok' then observations.phone_hash end as phone_hash,
        case when observed.identifier_type <> 'unionid' then observations.unionid_hash end as unionid_hash
    from {{ ref('int_identity__observed_identifiers') }} as observed
    inner join {{ ref('int_identity__observations') }} as observations on observations.observation_rank = observed.observation_rank

),

summed as (

    select
        identifier_key,
        min(identifier_type) as identifier_type,
        min(status) as status,
        min(observation_rank) as first_rank,
        min(seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at,
        sum(records) as records,
        -- Persons are counted before anything is merged: by what else was seen on the same records.
        greatest(count(distinct name_hash), count(distinct phone_hash), count(distinct unionid_hash), 1) as persons
    from observed
    group by identifier_key

),

judged as (

    select
        summed.*,
        limits.is_strong,
        case
            when summed.status <> 'ok' then summed.status
            when not limits.is_merge_key then 'not_a_merge_key'
            when summed.persons > limits.fan_out_cap then 'fan_out'
        end as blocked_reason
    from summed
    inner join {{ ref('identifier_limits') }} as limits on limits.identifier_type = summed.identifier_type

)

select
    judged.identifier_key,
    judged.identifier_type,
    case judged.identifier_type
        {% for identifier in identifiers -%}
        when '{{ identifier }}' then first_seen.{{ identifier }}_hash
        {% endfor %}
    end as identifier_hash,
    judged.first_rank,
    judged.first_seen_at,
    judged.last_seen_at,
    judged.records,
    judged.persons,
    judged.is_strong,
    judged.blocked_reason is null as is_merge_key,
    judged.blocked_reason
from judged
inner join {{ ref('int_identity__observations') }} as first_seen on first_seen.observation_rank = judged.first_rank
