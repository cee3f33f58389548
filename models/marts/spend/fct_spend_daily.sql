{{ partitioned_by_day('spend_date', cluster_by=['channel_id', 'campaign_id', 'region_id']) }}
{%- set figures = {'spend': 2, 'impressions': 0, 'clicks': 0, 'platform_leads': 0} %}

-- Spend without a region is spread by the regions of the campaign's leads of that day, else of all its leads; a campaign
-- without leads keeps its spend without region.
with spend as (

    select * from {{ ref('stg_ads__spend') }}

),

leads_by_day as (

    select campaign_id, captured_date, region_id, count(*) as leads
    from {{ ref('fct_leads') }}
    where campaign_id is not null and region_id is not null
    group by campaign_id, captured_date, region_id

),

leads_ever as (

    select campaign_id, region_id, sum(leads) as leads
    from leads_by_day
    group by campaign_id, region_id

),

days_with_leads as (

    select distinct campaign_id, captured_date from leads_by_day

),

weights as (

    select spend.source, spend.spend_date, spend.campaign_id, by_day.region_id, by_day.leads
    from spend
    inner join leads_by_day as by_day on by_day.campaign_id = spend.campaign_id and by_day.captured_date = spend.spend_date
    where spend.region_id is null
    union all
    select spend.source, spend.spend_date, spend.campaign_id, ever.region_id, ever.leads
    from spend
    inner join leads_ever as ever on ever.campaign_id = spend.campaign_id
    left join days_with_leads on days_with_leads.campaign_id = spend.campaign_id and days_with_leads.captured_date = spend.spend_date
    where spend.region_id is null and days_with_leads.campaign_id is null

),

shares as (

    select
        source,
        spend_date,
        campaign_id,
        region_id,
        sum(leads) over running / sum(leads) over (partition by source, spend_date, campaign_id) as share_until,
        (sum(leads) over running - leads) / sum(leads) over (partition by source, spend_date, campaign_id) as share_before
    from weights
    window running as (partition by source, spend_date, campaign_id order by region_id rows between unbounded preceding and current row)

),

spread as (

    select
        spend.spend_date,
        spend.campaign_id,
        shares.region_id,
        true as is_spread
        {%- for figure, digits in figures.items() %},
        {{ spread_between('spend.' ~ figure, 'shares.share_before', 'shares.share_until', digits) }} as {{ figure }}
        {%- endfor %}
    from spend
    inner join shares
        on shares.source = spend.source
        and shares.spend_date = spend.spend_date
        and shares.campaign_id = spend.campaign_id
    where spend.region_id is null
    union all
    select
        spend.spend_date,
        spend.campaign_id,
        spend.region_id,
        false,
        {{ figures | join(', ') }}
    from spend
    left join (select distinct campaign_id from leads_ever) as spreadable on spreadable.campaign_id = spend.campaign_id
    where spend.region_id is not null or spreadable.campaign_id is null

)

select
    spread.spend_date,
    spread.campaign_id,
    coalesce(campaigns.channel_id, '(blank)') as channel_id,
    spread.region_id,
    {{ to_decimal('sum(spread.spend)', 2) }} as spend,
    cast(sum(spread.impressions) as bigint) as impressions,
    cast(sum(spread.clicks) as bigint) as clicks,
    cast(sum(spread.platform_leads) as bigint) as platform_leads,
    max(case when spread.is_spread then 1 else 0 end) = 1 as is_spread
from spread
left join {{ ref('dim_campaigns') }} as campaigns on campaigns.campaign_id = spread.campaign_id
group by spread.spend_date, spread.campaign_id, channel_id, spread.region_id
