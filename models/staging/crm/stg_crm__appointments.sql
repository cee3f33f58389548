with source as (

    {{ current_version(source('crm', 'appointments'), key=['appointment_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || appointment_id as appointment_id,
        coalesce(lead_source, _source) || ':' || lead_record_id as lead_record_id,
        store_id,
        staff_id,

        -- attributes
        status,

        -- times
        made_at,
        due_at,
        arrived_at,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
