-- Customers of the version before whom new rows touch by themselves. Empty in a whole build.
{% if is_increment() %}
{%- set records = relation_of('bdg_customer_records') -%}
{%- set blocked = relation_of('int_identity__blocked') -%}
{%- set placed = relation_of('int_activities__placed') -%}
with changes as (

    select * from {{ ref('int_increment__changes') }}

),

links as (

    select * from {{ ref('int_increment__links') }}

)

select records.customer_id
from {{ records }} as records
inner join changes on changes.resource = records.resource and changes.record_id = records.record_id
union distinct
select identifiers.customer_id
from {{ relation_of('bdg_customer_identifiers') }} as identifiers
inner join links on links.identifier_type = identifiers.identifier_type and links.identifier_hash = identifiers.identifier_hash
where identifiers.customer_id is not null
union distinct
select blocked.customer_id
from {{ blocked }} as blocked
inner join links on links.identifier_type = blocked.identifier_type and links.identifier_hash = blocked.identifier_hash
where blocked.blocked_reason in ('fan_out', 'contradiction')
union distinct
select placed.customer_id
from {{ placed }} as placed
inner join changes on changes.resource = placed.resource and changes.record_id = placed.record_id
where placed.customer_id is not null
union distinct
select captures.customer_id
from {{ relation_of('int_leads__captures_grouped') }} as captures
inner join changes on changes.resource in ('forms', 'leads') and changes.record_id = captures.reopened_record_id
union distinct
-- Time alone moves a lead that waits for its first attempt, and one whose cohort becomes mature.
select leads.customer_id
from {{ relation_of('fct_leads') }} as leads
cross join {{ ref('int_build__clock') }} as clock
where leads.sla_status = 'pending'
    or (not leads.is_mature and {{ add_hours(business_day_start(add_days('leads.captured_date', 1)), var('cohort_days') * 24) }} <= clock.as_of)
union distinct
select touchpoints.customer_id
from {{ relation_of('fct_touchpoints') }} as touchpoints
inner join {{ ref('int_increment__moved') }} as moved on moved.dimension = 'channel' and moved.member_id = touchpoints.channel_id
{% else %}
select cast(null as {{ dbt.type_string() }}) as customer_id
from {{ ref('int_increment__links') }}
cross join {{ ref('int_increment__changes') }}
cross join {{ ref('int_increment__moved') }}
cross join {{ ref('int_build__clock') }}
where false
{% endif %}
-- depends_on: {{ ref('int_increment__batches') }}
