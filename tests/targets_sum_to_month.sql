-- The days of a month sum to its target exactly, and every current target has its days.
select targets.target_month, targets.level, targets.member_id, targets.metric, max(targets.value) as value, sum(daily.target) as found
from {{ ref('fct_targets') }} as targets
left join {{ ref('rpt_target_daily') }} as daily
    on daily.target_month = targets.target_month
    and daily.level = targets.level
    and daily.member_id = targets.member_id
    and daily.metric = targets.metric
where targets.is_current
group by targets.target_month, targets.level, targets.member_id, targets.metric
having coalesce(sum(daily.target), -1) <> max(targets.value)
