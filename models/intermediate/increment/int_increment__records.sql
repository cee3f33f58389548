{{ config(post_hook='{{ slice_staging() }}') }}
-- Records that an increment builds anew: all of the customers whom it reaches, and the new ones. Empty in a whole build.
{%- for part in sliced_records() + sliced_activities() %}
-- depends_on: {{ ref(part.staged) }}
{%- endfor %}
select resource, record_id
from {{ ref('int_increment__changes') }}
where resource in ('events', 'forms', 'leads', 'visits', 'orders')
{% if is_increment() -%}
union distinct
select records.resource, records.record_id
from {{ relation_of('bdg_customer_records') }} as records
where records.customer_id in (select customer_id from {{ ref('int_increment__customers') }})
{% else -%}
-- depends_on: {{ ref('int_increment__customers') }}
{%- endif %}
