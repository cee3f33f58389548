{{ kept(activity={'resource': 'row.resource', 'record_id': "row.source || substr(row.contact_id, length(row.source || ':' || row.resource) + 1)"}) }}
{{ partitioned_by_day('started_date', cluster_by=['region_id', 'store_id']) }}
with contacts as (

    select source, 'followups' as resource, followup_id as record_id, kind, 'outbound' as direction, made_by, connected, effective, seconds
    from {{ ref('stg_crm__followups') }}
    union all
    select source, 'calls', call_id, 'call', direction, made_by, connected, effective, seconds
    from {{ ref('stg_callcenter__calls') }}

)

select
    contacts.source || ':' || contacts.resource || substr(contacts.record_id, length(contacts.source) + 1) as contact_id,
    contacts.source,
    contacts.resource,
    placed.customer_id,
    placed.lead_id,
    contacts.kind,
    contacts.direction,
    contacts.made_by,
    placed.kind in ('attempt', 'connection') as is_attempt,
    contacts.connected as is_connected,
    contacts.effective as is_effective,
    contacts.seconds,
    placed.happened_at as started_at,
    placed.happened_date as started_date,
    {{ epoch_us('placed.happened_at') }} - days.day_start_us >= days.opens_us
    and {{ epoch_us('placed.happened_at') }} - days.day_start_us < days.closes_us as in_business_hours,
    {{ shared_dimensions('placed') }}
from contacts
inner join {{ ref('int_activities__placed') }} as placed
    on placed.record_id = contacts.record_id
    and (
        (contacts.resource = 'calls' and placed.kind = 'call')
        or (contacts.resource = 'followups' and placed.kind in ('attempt', 'connection', 'machine_contact'))
    )
left join {{ ref('int_build__business_days') }} as days on days.day = placed.happened_date
