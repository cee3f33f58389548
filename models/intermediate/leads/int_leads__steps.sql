with activities as (

    select * from {{ ref('int_activities__placed') }} where lead_id is not null

),

entries as (

    select * from {{ ref('int_leads__stage_entries') }} where visit = 1

),

times as (

    select
        lead_id
        {%- for stage in lead_stages() %},
        min(case when stage = '{{ stage }}' then happened_at end) as {{ stage }}_at
        {%- endfor %}
    from entries
    group by lead_id

),

ends as (

    select
        lead_id,
        max(case when kind = 'invalid' then happened_at end) as invalid_at,
        max(case when kind = 'loss' then happened_at end) as lost_at,
        max(case when kind in ('attempt', 'connection') then happened_at end) as last_contact_at,
        sum(case when kind in ('attempt', 'connection') then 1 else 0 end) as attempts
    from activities
    group by lead_id

),

owners as (

    select
        lead_id,
        owner_store_id,
        owner_since,
        owner_inviter_id,
        owner_advisor_id,
        order_store_id,
        order_inviter_id,
        order_advisor_id,
        intent_level
    from activities
    where is_latest

),

firsts as (

    select
        times.*,
        ends.invalid_at,
        ends.lost_at,
        ends.last_contact_at,
        ends.attempts,
        owners.owner_store_id,
        owners.owner_since,
        owners.owner_inviter_id,
        owners.owner_advisor_id,
        owners.order_store_id,
        owners.order_inviter_id,
        owners.order_advisor_id,
        owners.intent_level
    from times
    inner join ends on ends.lead_id = times.lead_id
    inner join owners on owners.lead_id = times.lead_id

),

reasons as (

    select
        activities.lead_id,
        max(case when activities.kind = 'invalid' then activities.detail end) as invalid_reason,
        max(case when activities.kind = 'loss' then activities.detail end) as lost_reason,
        max(case when activities.kind = 'dispatch' then activities.detail end) as urgency,
        max(case
            when activities.kind = 'reassign'
                and activities.happened_at > firsts.dispatched_at
                and activities.happened_at <= coalesce(firsts.first_attempt_at, activities.happened_at)
                then activities.happened_at
        end) as reassigned_at
    from activities
    inner join firsts on firsts.lead_id = activities.lead_id
    where
        (activities.kind = 'invalid' and activities.happened_at = firsts.invalid_at)
        or (activities.kind = 'loss' and activities.happened_at = firsts.lost_at)
        or (activities.kind = 'dispatch' and activities.happened_at = firsts.dispatched_at)
        or activities.kind = 'reassign'
    group by activities.lead_id

),

orders as (

    select
        activities.lead_id,
        min(case when orders.cancelled_at is null then activities.happened_at end) as net_order_at
    from activities
    inner join {{ ref('stg_dms__orders') }} as orders on orders.order_id = activities.record_id
    where activities.kind = 'order'
    group by activities.lead_id

)

select
    firsts.*,
    reasons.invalid_reason,
    reasons.lost_reason,
    coalesce(reasons.urgency, 'normal') as urgency,
    coalesce(reasons.reassigned_at, firsts.dispatched_at) as sla_started_at,
    orders.net_order_at is not null as order_is_net
from firsts
left join reasons on reasons.lead_id = firsts.lead_id
left join orders on orders.lead_id = firsts.lead_id
