-- The united table says what the facts say, figure by figure.
{%- set totals = {
    'spend': 'select sum(spend) from ' ~ ref('fct_spend_daily'),
    'impressions': 'select sum(impressions) from ' ~ ref('fct_spend_daily'),
    'clicks': 'select sum(clicks) from ' ~ ref('fct_spend_daily'),
    'captures': 'select count(*) from ' ~ ref('fct_lead_captures'),
    'recognisable_captures': 'select count(*) from ' ~ ref('fct_lead_captures') ~ ' where is_recognisable',
    'duplicates': "select count(*) from " ~ ref('fct_lead_captures') ~ " where outcome = 'duplicate'",
    'rejected': "select count(*) from " ~ ref('fct_lead_captures') ~ " where outcome = 'rejected'",
    'leads': 'select count(*) from ' ~ ref('fct_leads'),
    'valid_leads': "select count(*) from " ~ ref('fct_leads') ~ " where status = 'valid'",
    'cohort_visits': 'select count(*) from ' ~ ref('fct_leads') ~ ' where reached_visit',
    'cohort_test_drives': 'select count(*) from ' ~ ref('fct_leads') ~ ' where reached_test_drive',
    'cohort_orders': 'select count(*) from ' ~ ref('fct_leads') ~ ' where reached_order',
    'cohort_orders_net': 'select count(*) from ' ~ ref('fct_leads') ~ ' where order_is_net',
    'recognisable_leads': 'select count(is_known_customer) from ' ~ ref('fct_leads'),
    'known_customer_leads': 'select count(*) from ' ~ ref('fct_leads') ~ ' where is_known_customer',
    'visits': 'select count(*) from ' ~ ref('fct_visits') ~ ' where arrived_date is not null',
    'test_drives': 'select count(*) from ' ~ ref('fct_test_drives'),
    'orders': 'select count(*) from ' ~ ref('fct_orders') ~ ' where order_at is not null',
    'orders_net': 'select count(*) from ' ~ ref('fct_orders') ~ ' where order_at is not null and not is_cancelled',
    'deliveries': 'select count(*) from ' ~ ref('fct_orders') ~ ' where delivered_at is not null',
    'net_revenue': 'select sum(net_amount) from ' ~ ref('fct_orders'),
} %}

with compared as (
    {% for figure, fact in totals.items() %}
    select '{{ figure }}' as figure, coalesce((select sum({{ figure }}) from {{ ref('rpt_channel_daily') }}), 0) as found, coalesce(({{ fact }}), 0) as expected
    union all
    {% endfor %}
    {% for model in ['first_touch', 'last_touch', 'last_non_direct', 'linear'] %}
    select 'order_credit_{{ model }}', coalesce((select sum(order_credit_{{ model }}) from {{ ref('rpt_channel_daily') }}), 0), (select count(*) from {{ ref('fct_orders') }} where order_at is not null and not is_cancelled)
    union all
    select 'revenue_credit_{{ model }}', coalesce((select sum(revenue_credit_{{ model }}) from {{ ref('rpt_channel_daily') }}), 0), coalesce((select sum(net_amount) from {{ ref('fct_orders') }}), 0)
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from compared where found <> expected
