{{ sliced() }}
with observed as (

    select
        observed.identifier_key,
        observed.observation_rank,
        observations.seen_at,
        observations.last_seen_at,
        observations.records,
        observations.name_key,
        case when observed.identifier_type <> 'phone' then observations.usable_phone_key end as phone_key,
        case when observed.identifier_type <> 'unionid' then observations.unionid_key end as unionid_key
    from {{ ref('int_identity__observed_identifiers') }} as observed
    inner join {{ ref('int_identity__observations') }} as observations on observations.observation_rank = observed.observation_rank

),

summed as (

    select
        identifier_key,
        min(observation_rank) as first_rank,
        min(seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at,
        cast(sum(records) as bigint) as records,
        -- Persons are counted before anything is merged: by what else was seen on the same records.
        greatest(count(distinct name_key), count(distinct phone_key), count(distinct unionid_key), 1) as persons
    from observed
    group by identifier_key

),

judged as (

    select
        summed.*,
        named.identifier_type,
        limits.is_strong,
        case
            when named.status <> 'ok' then named.status
            when not limits.is_merge_key then 'not_a_merge_key'
            when summed.persons > limits.fan_out_cap then 'fan_out'
        end as blocked_reason
    from summed
    inner join {{ ref('int_identity__values') }} as named on named.identifier_key = summed.identifier_key
    inner join {{ ref('identifier_limits') }} as limits on limits.identifier_type = named.identifier_type

)

select
    identifier_key,
    identifier_type,
    first_rank,
    first_seen_at,
    last_seen_at,
    records,
    persons,
    is_strong,
    blocked_reason is null as is_merge_key,
    blocked_reason
from judged
