with source as (

    {{ current_version(source('callcenter', 'calls'), key=['call_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || call_id as call_id,
        coalesce(lead_source, _source) || ':' || lead_record_id as lead_record_id,
        agent_id,

        -- persons
        phone_hash,
        phone_masked,
        phone_status,

        -- attributes
        direction,
        made_by,
        connected,
        effective,

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
