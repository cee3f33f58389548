-- Records that a slice starts from; empty in a whole build.
{%- set parts = sliced_records() + sliced_activities() %}
{% if is_increment() %}
{%- set placed = relation_of('int_activities__placed') %}
with landed as (
    {% for part in parts %}
    select '{{ part.resource }}' as resource, _source || ':' || {{ part.key }} as record_id
    from {{ source(*part.from) }}
    where _batch_id not in (select batch_id from {{ slice_relation('previous_batches') }})
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- Appointments fall due by time alone.
due as (

    select appointments.appointment_id
    from {{ ref('stg_crm__appointments') }} as appointments
    cross join {{ ref('int_build__clock') }} as clock
    cross join {{ slice_relation('previous_clock') }} as previous_clock
    where appointments.due_at > previous_clock.as_of and appointments.due_at <= clock.as_of

)

select resource, record_id from landed
union distinct
select 'appointments', appointment_id from due
{%- for column, dimension in {
    'store_id': 'store', 'owner_store_id': 'store', 'inviter_id': 'staff', 'advisor_id': 'staff', 'owner_inviter_id': 'staff', 'owner_advisor_id': 'staff',
    'city': 'city', 'product_id': 'product',
}.items() %}
union distinct
select placed.resource, placed.record_id
from {{ placed }} as placed
inner join {{ ref('int_increment__moved') }} as moved on moved.dimension = '{{ dimension }}' and moved.member_id = placed.{{ column }}
{%- endfor %}
union distinct
select captures.resource, captures.record_id
from {{ relation_of('int_leads__captures_grouped') }} as captures
inner join {{ ref('int_increment__moved') }} as moved on moved.dimension = 'city' and moved.member_id = captures.city
{% else %}
select 'appointments' as resource, appointment_id as record_id
from {{ ref('stg_crm__appointments') }}
cross join {{ ref('int_build__clock') }}
cross join {{ ref('int_increment__moved') }}
where false
{%- for part in parts %}
-- depends_on: {{ source(*part.from) }}
{%- endfor %}
{% endif %}
