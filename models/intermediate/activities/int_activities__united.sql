{{ sliced() }}
{{ config(materialized='ephemeral') }}
-- Everything that happens to a lead, and the showroom's work without one, in one shape.
-- `detail`: urgency of a dispatch, reason of an invalid decision or a loss.
{%- set text = dbt.type_string() -%}
{%- set parts = [
    {'from': ref('int_leads__captures_grouped'), 'resource': 'leads', 'kind': "'valid'", 'id': 'record_id', 'lead': 'record_id', 'at': 'qualified_at', 'where': 'qualified_at is not null'},
    {'from': ref('stg_crm__qualifications'), 'resource': 'qualifications', 'kind': 'result', 'id': 'qualification_id', 'at': 'decided_at', 'detail': 'reason'},
    {'from': ref('stg_crm__assignments'), 'resource': 'assignments', 'kind': 'kind', 'id': 'assignment_id', 'at': 'happened_at', 'detail': 'urgency', 'store': true, 'staff': true},
    {'from': ref('stg_crm__followups'), 'resource': 'followups', 'id': 'followup_id', 'at': 'started_at', 'store': true, 'staff': true, 'intent': true,
     'kind': "case when made_by <> 'person' then 'machine_contact' when connected then 'connection' else 'attempt' end"},
    {'from': ref('stg_callcenter__calls'), 'resource': 'calls', 'kind': "'call'", 'id': 'call_id', 'at': 'started_at'},
    {'from': ref('stg_crm__appointments'), 'resource': 'appointments', 'kind': "'appointment'", 'id': 'appointment_id', 'at': 'made_at', 'store': true, 'staff': true},
    {'from': ref('stg_crm__appointments'), 'resource': 'appointments', 'kind': "'appointment_due'", 'id': 'appointment_id', 'at': 'due_at', 'store': true, 'staff': true},
    {'from': ref('stg_crm__visits'), 'resource': 'visits', 'kind': "'visit'", 'id': 'visit_id', 'at': 'arrived_at', 'store': true, 'advisor': true, 'visit': true, 'series': true},
    {'from': ref('stg_crm__test_drives'), 'resource': 'test_drives', 'kind': "'test_drive'", 'id': 'test_drive_id', 'at': 'started_at', 'store': true, 'advisor': true, 'visit': true, 'product': true},
    {'from': ref('stg_crm__quotations'), 'resource': 'quotations', 'kind': "'quotation'", 'id': 'quotation_id', 'at': 'quoted_at', 'store': true, 'advisor': true, 'visit': true, 'product': true},
    {'from': ref('stg_dms__orders'), 'resource': 'orders', 'kind': "case when " ~ order_state_at() ~ " is null then 'order_begun' else 'order' end", 'id': 'order_id', 'store': true, 'inviter': true,
     'advisor': true, 'visit': true, 'series': true, 'product': true, 'channel': true,
     'at': 'coalesce(' ~ order_state_at() ~ ', deposit_at, firm_deposit_at, locked_at, invoiced_at, delivered_at, updated_at)'},
    {'from': ref('stg_dms__orders'), 'resource': 'orders', 'kind': "'delivery'", 'id': 'order_id', 'at': 'delivered_at', 'where': 'delivered_at is not null', 'store': true, 'inviter': true,
     'advisor': true, 'visit': true, 'series': true, 'product': true, 'channel': true},
    {'from': ref('stg_crm__losses'), 'resource': 'losses', 'kind': "'loss'", 'id': 'loss_id', 'at': 'lost_at', 'detail': 'reason', 'store': true, 'staff': true},
] %}

with united as (
    {% for part in parts %}
    select
        source,
        '{{ part.resource }}' as resource,
        {{ part.kind }} as kind,
        {{ part.id }} as record_id,
        {{ part.lead or 'lead_record_id' }} as lead_record_id,
        {{ 'visit_id' if part.visit else 'cast(null as ' ~ text ~ ')' }} as visit_id,
        {{ part.at }} as happened_at,
        {{ part.detail or 'cast(null as ' ~ text ~ ')' }} as detail,
        {% for column in ['store', 'staff', 'inviter', 'advisor', 'channel', 'series', 'product'] -%}
        {{ column ~ '_id' if part[column] else 'cast(null as ' ~ text ~ ')' }} as {{ column }}_id,
        {% endfor -%}
        {{ 'intent_level' if part.intent else 'cast(null as ' ~ text ~ ')' }} as intent_level
    from {{ part.from }}
    {%- if part.where %}
    where {{ part.where }}
    {%- endif %}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- Work that names only its visit belongs to the lead of the visit.
visits as (

    select visit_id, lead_record_id from {{ ref('stg_crm__visits') }}

)

select
    united.source,
    united.resource,
    united.kind,
    united.record_id,
    captures.lead_id,
    case when known_visits.visit_id is not null then united.visit_id end as visit_id,
    united.happened_at,
    united.detail,
    united.store_id,
    coalesce(united.inviter_id, case when staff.role = 'advisor' then null else united.staff_id end) as inviter_id,
    coalesce(united.advisor_id, case when staff.role = 'advisor' then united.staff_id end) as advisor_id,
    united.staff_id,
    united.channel_id,
    coalesce(united.series_id, products.series_id) as series_id,
    united.product_id,
    united.intent_level
from united
left join visits as known_visits on known_visits.visit_id = united.visit_id
left join {{ ref('int_leads__captures_grouped') }} as captures
    on captures.record_id = coalesce(united.lead_record_id, known_visits.lead_record_id)
left join {{ ref('int_organisation__staff_periods') }} as staff
    on staff.staff_id = united.staff_id
    and united.happened_at >= staff.holds_from
    and united.happened_at < staff.holds_to
left join {{ ref('stg_reference__products') }} as products on products.product_id = united.product_id
