with activities as (

    select * from {{ ref('int_activities__placed') }} where lead_id is not null

),

firsts as (

    select
        lead_id,
        min(case when kind = 'valid' then happened_at end) as valid_at,
        min(case when kind = 'dispatch' then happened_at end) as dispatched_at,
        min(case when kind in ('assign', 'reassign', 'handover') and (owner_inviter_id <> '' or owner_advisor_id is not null) then happened_at end) as assigned_at,
        min(case when kind in ('attempt', 'connection') then happened_at end) as first_attempt_at,
        min(case when kind = 'connection' then happened_at end) as connected_at,
        min(case when kind = 'appointment' then happened_at end) as appointment_at,
        min(case when kind = 'visit' then happened_at end) as visit_at,
        min(case when kind = 'test_drive' then happened_at end) as test_drive_at,
        min(case when kind = 'order' then happened_at end) as order_at,
        min(case when kind = 'delivery' then happened_at end) as delivery_at,
        max(case when kind = 'invalid' then happened_at end) as invalid_at,
        max(case when kind = 'loss' then happened_at end) as lost_at,
        max(case when kind in ('attempt', 'connection') then happened_at end) as last_contact_at,
        sum(case when kind in ('attempt', 'connection') then 1 else 0 end) as attempts,
        max(case when is_latest then owner_store_id end) as owner_store_id,
        max(case when is_latest then owner_since end) as owner_since,
        max(case when is_latest then owner_inviter_id end) as owner_inviter_id,
        max(case when is_latest then owner_advisor_id end) as owner_advisor_id,
        max(case when is_latest then order_store_id end) as order_store_id,
        max(case when is_latest then order_inviter_id end) as order_inviter_id,
        max(case when is_latest then order_advisor_id end) as order_advisor_id,
        max(case when is_latest then intent_level end) as intent_level
    from activities
    group by lead_id

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
