{{ sliced() }}
with activities as (

    select lead_id, kind, happened_at, detail from {{ ref('int_activities__placed') }} where lead_id is not null

),

times as (

    select
        lead_id
        {%- for stage in lead_stages() %},
        min(case when stage = '{{ stage }}' then entered_at end) as {{ stage }}_at
        {%- endfor %}
    from {{ ref('fct_lead_stage_visits') }}
    where visit = 1
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
        intent_level
    from {{ ref('int_activities__placed') }}
    where is_latest

),

firsts as (

    select
        times.*,
        ends.invalid_at,
        ends.lost_at,
        ends.last_contact_at,
        coalesce(ends.attempts, 0) as attempts,
        owners.owner_store_id,
        owners.owner_since,
        owners.owner_inviter_id,
        owners.owner_advisor_id,
        owners.intent_level
    from times
    left join ends on ends.lead_id = times.lead_id
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

-- The order says who owns a lead that nobody was assigned to.
orders as (

    select
        orders.lead_id,
        max(case when orders.cancelled_at is null then 1 else 0 end) = 1 as is_net,
        max(case when orders.is_latest then orders.store_id end) as store_id,
        max(case when orders.is_latest then orders.inviter_id end) as inviter_id,
        max(case when orders.is_latest then orders.advisor_id end) as advisor_id
    from (
        select *, row_number() over (partition by lead_id order by order_at desc, order_id desc) = 1 as is_latest
        from {{ ref('int_orders__resolved') }}
        where lead_id is not null and order_at is not null
    ) as orders
    group by orders.lead_id

)

select
    firsts.*,
    reasons.invalid_reason,
    reasons.lost_reason,
    coalesce(reasons.urgency, 'normal') as urgency,
    coalesce(reasons.reassigned_at, firsts.dispatched_at) as sla_started_at,
    coalesce(orders.is_net, false) as order_is_net,
    orders.store_id as order_store_id,
    orders.inviter_id as order_inviter_id,
    orders.advisor_id as order_advisor_id
from firsts
left join reasons on reasons.lead_id = firsts.lead_id
left join orders on orders.lead_id = firsts.lead_id
