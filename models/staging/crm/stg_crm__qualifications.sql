with source as (

    {{ current_version(source('crm', 'qualifications'), key=['qualification_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || qualification_id as qualification_id,
        coalesce(lead_source, _source) || ':' || lead_record_id as lead_record_id,

        -- attributes
        result,
        reason,
        decided_by,

        -- times
        decided_at,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
