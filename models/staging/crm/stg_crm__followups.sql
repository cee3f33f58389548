with source as (

    {{ current_version(source('crm', 'followups'), key=['followup_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || followup_id as followup_id,
        coalesce(lead_source, _source) || ':' || lead_record_id as lead_record_id,
        store_id,
        staff_id,

        -- attributes
        kind,
        made_by,
        connected,
        effective,
        intent_level,

        -- times
        started_at,

        -- amounts
        seconds,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
