with source as (

    {{ current_version(source('crm', 'visits'), key=['visit_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || visit_id as visit_id,
        coalesce(lead_source, _source) || ':' || lead_record_id as lead_record_id,
        _source || ':' || appointment_id as appointment_id,
        store_id,
        advisor_id,
        series_id,

        -- persons
        name_hash,
        name_masked,
        phone_hash,
        phone_masked,
        phone_status,

        -- attributes
        kind,

        -- times
        arrived_at,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
