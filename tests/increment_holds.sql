-- An increment may replace its slice only when nothing outside depends on it. Where that is not so, the version is built whole instead.
{%- if is_increment() %}
{%- set customers = ref('int_increment__customers') %}
with carried as (
    {% for part in sliced_records() + sliced_activities() %}
    {%- set outer = loop %}
    {%- for type, column in links_of(part).items() %}
    select '{{ type }}' as identifier_type, {{ column }} as identifier_hash from {{ slice_relation(part.staged) }} where {{ column }} is not null
    {% if not (outer.last and loop.last) %}union distinct{% endif %}
    {%- endfor %}
    {%- endfor %}
)

select 'the calendar has changed' as reason, count(*) as found
from {{ ref('int_increment__moved') }}
where dimension = 'calendar'
having count(*) > 0
union all
select 'raw has lost loads', count(*)
from {{ slice_relation('previous_batches') }}
where batch_id not in (select batch_id from {{ ref('int_increment__batches') }})
having count(*) > 0
union all
select 'time went back', count(*)
from {{ slice_relation('previous_clock') }} as previous_clock
inner join {{ ref('int_build__clock') }} as clock on clock.as_of < previous_clock.as_of
having count(*) > 0
union all
select 'more than a quarter of all customers are touched', count(*)
from {{ customers }}
having count(*) > (select count(*) / 4 from {{ relation_of('dim_customers') }})
union all
select 'an identifier of the slice belongs to somebody outside', count(*)
from carried
inner join {{ relation_of('bdg_customer_identifiers') }} as identifiers
    on identifiers.identifier_type = carried.identifier_type and identifiers.identifier_hash = carried.identifier_hash
where identifiers.customer_id is not null and identifiers.customer_id not in (select customer_id from {{ customers }})
having count(*) > 0
union all
select 'somebody outside depends on the slice', count(*)
from {{ ref('int_increment__ties') }}
where tie in (select tie from {{ ref('int_increment__ties') }} where customer_id in (select customer_id from {{ customers }}))
    and customer_id not in (select customer_id from {{ customers }})
having count(*) > 0
{%- else %}
select 'a whole build' as reason from {{ ref('int_increment__records') }} where false
{%- for model in ['customers', 'ties', 'moved', 'batches'] %}
-- depends_on: {{ ref('int_increment__' ~ model) }}
{%- endfor %}
-- depends_on: {{ ref('int_build__clock') }}
{%- endif %}
