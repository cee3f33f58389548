-- Spend in the marts is the spend that was landed: per day and campaign, to the cent, and its counts to one.
with landed as (

    select spend_date, campaign_id, sum(spend) as spend, sum(impressions) as impressions, sum(clicks) as clicks, sum(platform_leads) as platform_leads
    from {{ ref('stg_ads__spend') }}
    group by spend_date, campaign_id

),

facts as (

    select spend_date, campaign_id, sum(spend) as spend, sum(impressions) as impressions, sum(clicks) as clicks, sum(platform_leads) as platform_leads
    from {{ ref('fct_spend_daily') }}
    group by spend_date, campaign_id

)

select coalesce(landed.spend_date, facts.spend_date) as spend_date, coalesce(landed.campaign_id, facts.campaign_id) as campaign_id, landed.spend, facts.spend as found
from landed
full join facts on facts.spend_date = landed.spend_date and facts.campaign_id = landed.campaign_id
where coalesce(landed.spend, -1) <> coalesce(facts.spend, -1)
    or coalesce(landed.impressions, -1) <> coalesce(facts.impressions, -1)
    or coalesce(landed.clicks, -1) <> coalesce(facts.clicks, -1)
    or coalesce(landed.platform_leads, -1) <> coalesce(facts.platform_leads, -1)
