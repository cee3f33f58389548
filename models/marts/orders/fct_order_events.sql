{{ kept() }}
{{ partitioned_by_day('happened_date', cluster_by=['order_id']) }}
{%- set states = ['deposit', 'firm_deposit', 'locked', 'cancelled', 'invoiced', 'delivered', 'registered'] %}

with events as (
    {% for state in states %}
    select order_id, '{{ state }}' as state, {{ state }}_at as happened_at, customer_id, lead_id, store_id, region_id, channel_id
    from {{ ref('fct_orders') }}
    where {{ state }}_at is not null
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    order_id,
    state,
    happened_at,
    {{ business_date('happened_at') }} as happened_date,
    customer_id,
    lead_id,
    store_id,
    region_id,
    channel_id
from events
