with source as (

    {{ current_version(source('crm', 'assignments'), key=['assignment_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || assignment_id as assignment_id,
        coalesce(lead_source, _source) || ':' || lead_record_id as lead_record_id,
        store_id,
        staff_id,

        -- attributes
        kind,
        urgency,

        -- times
        happened_at,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
