{{ kept(activity={'resource': "'test_drives'", 'record_id': 'row.conversion_id'}) }}
{{ partitioned_by_day('conversion_date', cluster_by=['model', 'conversion_type', 'channel_id']) }}
{%- set models = ['first_touch', 'last_touch', 'last_non_direct', 'linear'] %}

with credits as (
    {% for model in models %}
    select
        conversion_type,
        conversion_id,
        '{{ model }}' as model,
        touchpoint_id,
        channel_id,
        campaign_id,
        position,
        path_length,
        {{ 'position' if model == 'linear' else '1' }} as part,
        {{ 'path_length' if model == 'linear' else '1' }} as parts
    from {{ ref('int_attribution__paths') }}
    where {{ has_credit(model) }}
    union all
    {% endfor %}
    -- A conversion without touch keeps its whole credit, under a channel of its own.
    select
        conversions.conversion_type,
        conversions.conversion_id,
        models.model,
        null,
        case when conversions.with_lead then '(none)' else 'walk_in' end,
        null,
        null,
        0,
        1,
        1
    from {{ ref('int_attribution__conversions') }} as conversions
    cross join {{ ref('attribution_models') }} as models
    left join {{ ref('int_attribution__paths') }} as paths
        on paths.conversion_type = conversions.conversion_type and paths.conversion_id = conversions.conversion_id and paths.position = 1
    where paths.conversion_id is null

)

select
    conversions.conversion_type,
    conversions.conversion_id,
    conversions.conversion_at,
    {{ business_date('conversions.conversion_at') }} as conversion_date,
    credits.model,
    credits.touchpoint_id,
    credits.position,
    credits.path_length,
    conversions.customer_id,
    credits.channel_id,
    credits.campaign_id,
    conversions.region_id,
    conversions.store_id,
    conversions.series_id,
    {{ spread('1', 'credits.part', 'credits.parts', 6) }} as credit,
    {{ spread('conversions.revenue', 'credits.part', 'credits.parts', 2) }} as revenue
from credits
inner join {{ ref('int_attribution__conversions') }} as conversions
    on conversions.conversion_type = credits.conversion_type and conversions.conversion_id = credits.conversion_id
