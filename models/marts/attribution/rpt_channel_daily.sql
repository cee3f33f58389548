{{ partitioned_by_day('activity_date', cluster_by=['channel_id', 'campaign_id', 'region_id']) }}
{%- set figures = ['spend', 'impressions', 'clicks', 'platform_leads', 'captures', 'recognisable_captures', 'duplicates', 'rejected', 'leads', 'valid_leads', 'cohort_visits',
    'cohort_test_drives', 'cohort_orders', 'cohort_orders_net', 'recognisable_leads', 'known_customer_leads', 'visits', 'test_drives', 'orders', 'orders_net', 'deliveries', 'net_revenue'] -%}
{%- set models = ['first_touch', 'last_touch', 'last_non_direct', 'linear'] -%}
{%- set conversions = {'order': ['order', 'credit'], 'revenue': ['order', 'revenue'], 'valid_lead': ['valid_lead', 'credit'], 'test_drive': ['test_drive', 'credit']} -%}
{%- set parts = {
    'spend': {'from': ref('fct_spend_daily'), 'day': 'spend_date', 'figures': {'spend': 'spend', 'impressions': 'impressions', 'clicks': 'clicks', 'platform_leads': 'platform_leads'}},
    'captures': {'from': ref('fct_lead_captures'), 'day': 'captured_date', 'figures': {
        'captures': '1', 'recognisable_captures': 'case when is_recognisable then 1 end',
        'duplicates': "case when outcome = 'duplicate' then 1 end", 'rejected': "case when outcome = 'rejected' then 1 end"}},
    'leads': {'from': ref('fct_leads'), 'day': 'captured_date', 'figures': {
        'leads': '1', 'valid_leads': "case when status = 'valid' then 1 end", 'cohort_visits': 'case when reached_visit then 1 end',
        'cohort_test_drives': 'case when reached_test_drive then 1 end', 'cohort_orders': 'case when reached_order then 1 end',
        'cohort_orders_net': 'case when order_is_net then 1 end', 'recognisable_leads': 'case when is_known_customer is not null then 1 end',
        'known_customer_leads': 'case when is_known_customer then 1 when not is_known_customer then 0 end'}},
    'visits': {'from': ref('fct_visits'), 'day': 'arrived_date', 'figures': {'visits': '1'}},
    'test_drives': {'from': ref('fct_test_drives'), 'day': 'started_date', 'figures': {'test_drives': '1'}},
    'orders': {'from': ref('fct_orders'), 'day': 'order_date', 'figures': {
        'orders': '1', 'orders_net': 'case when not is_cancelled then 1 end', 'net_revenue': 'net_amount'}},
    'deliveries': {'from': ref('fct_orders'), 'day': 'delivered_date', 'figures': {'deliveries': '1'}},
} %}

with
{% for name, part in parts.items() %}
{{ name }} as (

    select
        {{ part.day }} as activity_date,
        channel_id,
        campaign_id,
        region_id,
        {% for figure, expression in part.figures.items() -%}
        sum({{ expression }}) as {{ figure }}{{ ',' if not loop.last }}
        {% endfor -%}
    from {{ part.from }}
    where {{ part.day }} is not null
    group by {{ part.day }}, channel_id, campaign_id, region_id

),
{% endfor %}
credits as (

    select
        conversion_date as activity_date,
        channel_id,
        campaign_id,
        region_id
        {%- for model in models %}{% for name, conversion in conversions.items() %},
        sum(case when model = '{{ model }}' and conversion_type = '{{ conversion[0] }}' then {{ conversion[1] }} end) as {{ name }}_credit_{{ model }}
        {%- endfor %}{% endfor %}
    from {{ ref('fct_attribution_credits') }}
    where conversion_type <> 'delivery'
    group by conversion_date, channel_id, campaign_id, region_id

),

united as (
    {% for name, part in parts.items() %}
    select
        activity_date,
        channel_id,
        campaign_id,
        region_id
        {%- for figure in figures %},
        {{ figure if figure in part.figures else 'null' }} as {{ figure }}
        {%- endfor %}
        {%- for model in models %}{% for conversion in conversions %},
        null as {{ conversion }}_credit_{{ model }}
        {%- endfor %}{% endfor %}
    from {{ name }}
    union all
    {% endfor %}
    select
        activity_date,
        channel_id,
        campaign_id,
        region_id
        {%- for figure in figures %},
        null
        {%- endfor %}
        {%- for model in models %}{% for conversion in conversions %},
        {{ conversion }}_credit_{{ model }}
        {%- endfor %}{% endfor %}
    from credits

)

select
    activity_date,
    channel_id,
    campaign_id,
    region_id,
    {% for figure in figures -%}
    {% if figure in ['spend', 'net_revenue'] -%}
    {{ to_decimal('sum(' ~ figure ~ ')', 2) }} as {{ figure }},
    {% elif figure in ['impressions', 'clicks', 'platform_leads', 'known_customer_leads'] -%}
    cast(sum({{ figure }}) as bigint) as {{ figure }},
    {% else -%}
    cast(coalesce(sum({{ figure }}), 0) as bigint) as {{ figure }},
    {% endif -%}
    {% endfor -%}
    {% for model in models %}{% for conversion in conversions -%}
    {% set total = 'sum(' ~ conversion ~ '_credit_' ~ model ~ ')' -%}
    {{ to_decimal(total, 2) if conversion == 'revenue' else to_decimal('coalesce(' ~ total ~ ', 0)', 6) }} as {{ conversion }}_credit_{{ model }}{{ ',' if not (loop.last and model == models[-1]) }}
    {% endfor %}{% endfor -%}
from united
group by activity_date, channel_id, campaign_id, region_id
{{ ordered_by_day('activity_date') }}
