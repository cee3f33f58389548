-- The credits of a conversion sum to one under each model, none is left out, and revenue credits sum to net revenue.
with conversions as (

    select conversions.conversion_type, conversions.conversion_id, models.model, conversions.revenue
    from {{ ref('int_attribution__conversions') }} as conversions
    cross join {{ ref('attribution_models') }} as models

),

credits as (

    select conversion_type, conversion_id, model, sum(credit) as credit, sum(revenue) as revenue
    from {{ ref('fct_attribution_credits') }}
    group by conversion_type, conversion_id, model

),

revenue as (

    select credits.model, sum(credits.revenue) as credited
    from credits
    where conversion_type = 'order'
    group by credits.model

)

select conversions.conversion_type, conversions.conversion_id, conversions.model
from conversions
left join credits
    on credits.conversion_type = conversions.conversion_type
    and credits.conversion_id = conversions.conversion_id
    and credits.model = conversions.model
where coalesce(credits.credit, 0) <> 1
    or coalesce(credits.revenue, 0) <> coalesce(conversions.revenue, 0)
union all
select 'net revenue', null, revenue.model
from revenue
where coalesce(revenue.credited, 0) <> (select coalesce(sum(net_amount), 0) from {{ ref('fct_orders') }})
