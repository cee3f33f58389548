-- Customers of the version before who depend on each other without being one: through an identifier that is blocked, a lead that is reopened,
-- work on a visit of somebody else's. Empty in a whole build.
{% if is_increment() %}
{%- set records = relation_of('bdg_customer_records') -%}
{%- set placed = relation_of('int_activities__placed') -%}
{%- set captures = relation_of('int_leads__captures_grouped') -%}
select customer_id, identifier_type || ':' || identifier_hash as tie
from {{ relation_of('int_identity__blocked') }}
where blocked_reason in ('fan_out', 'contradiction')
union distinct
select customer_id, 'reopened:' || reopened_record_id
from {{ captures }}
where reopened_record_id is not null
union distinct
select captures.customer_id, 'reopened:' || captures.record_id
from {{ captures }} as captures
inner join {{ captures }} as later on later.reopened_record_id = captures.record_id
union distinct
select placed.customer_id, 'visit:' || placed.visit_id
from {{ placed }} as placed
inner join {{ records }} as records on records.resource = 'visits' and records.record_id = placed.visit_id and records.customer_id <> placed.customer_id
union distinct
select records.customer_id, 'visit:' || placed.visit_id
from {{ placed }} as placed
inner join {{ records }} as records on records.resource = 'visits' and records.record_id = placed.visit_id and records.customer_id <> placed.customer_id
{% else %}
select cast(null as {{ dbt.type_string() }}) as customer_id, cast(null as {{ dbt.type_string() }}) as tie
from {{ ref('int_build__clock') }}
where false
{% endif %}
