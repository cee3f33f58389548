{{ partitioned_by_day('target_date', cluster_by=['level', 'metric', 'member_id']) }}
with targets as (

    select * from {{ ref('fct_targets') }} where is_current

),

-- What each target counts, by day and store: the period view, on the day it happened.
happened as (

    select occurred_date as day, store_id, area_id, region_id, 'leads' as metric
    from {{ ref('rpt_funnel_events') }} where funnel = 'lead' and stage = 'lead'
    union all
    select occurred_date, store_id, area_id, region_id, 'valid_leads'
    from {{ ref('rpt_funnel_events') }} where funnel = 'lead' and stage = 'valid'
    union all
    select occurred_date, store_id, area_id, region_id, stage || 's'
    from {{ ref('rpt_funnel_events') }} where funnel = 'showroom' and stage in ('visit', 'test_drive')
    union all
    select occurred_date, store_id, area_id, region_id, 'orders'
    from {{ ref('rpt_funnel_events') }} where funnel = 'showroom' and stage = 'order' and not is_cancelled
    union all
    select occurred_date, store_id, area_id, region_id, 'deliveries'
    from {{ ref('rpt_funnel_events') }} where funnel = 'showroom' and stage = 'delivery'

),

counted as (

    select day, store_id, area_id, region_id, metric, count(*) as actual
    from happened
    group by day, store_id, area_id, region_id, metric

),

actuals as (

    select day, 'company' as level, 'company' as member_id, metric, sum(actual) as actual from counted group by day, metric
    {%- for level in ['region', 'area', 'store'] %}
    union all
    select day, '{{ level }}', {{ level }}_id, metric, sum(actual) from counted where {{ level }}_id is not null group by day, {{ level }}_id, metric
    {%- endfor %}

)

select
    shares.date as target_date,
    targets.target_month,
    targets.level,
    targets.member_id,
    targets.metric,
    {{ spread_between('targets.value', 'shares.share_before', 'shares.share_until', 2) }} as target,
    case when shares.date <= clock.as_of_date then cast(coalesce(actuals.actual, 0) as bigint) end as actual,
    case when shares.date <= clock.as_of_date then {{ spread_between('targets.value', 'shares.share_before', 'shares.share_until', 2) }} end as target_elapsed,
    case targets.level
        when 'region' then targets.member_id
        when 'area' then areas.region_id
        when 'store' then stores.region_id
    end as region_id,
    case targets.level when 'area' then targets.member_id when 'store' then stores.area_id end as area_id,
    case when targets.level = 'store' then targets.member_id end as store_id,
    case when targets.level = 'store' then stores.dealer_group_id end as dealer_group_id
from targets
inner join {{ ref('int_targets__days_weighted') }} as shares on shares.month_start = targets.target_month and shares.metric = targets.metric
cross join (select {{ business_date('as_of') }} as as_of_date from {{ ref('int_build__clock') }}) as clock
left join actuals
    on actuals.day = shares.date
    and actuals.level = targets.level
    and actuals.member_id = targets.member_id
    and actuals.metric = targets.metric
left join {{ ref('dim_areas') }} as areas on areas.area_id = case when targets.level = 'area' then targets.member_id end
left join {{ ref('dim_stores') }} as stores on stores.store_id = case when targets.level = 'store' then targets.member_id end
{{ ordered_by_day('shares.date') }}
