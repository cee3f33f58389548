with source as (

    {{ current_version(source('crm', 'test_drives'), key=['test_drive_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || test_drive_id as test_drive_id,
        coalesce(lead_source, _source) || ':' || lead_record_id as lead_record_id,
        _source || ':' || visit_id as visit_id,
        store_id,
        advisor_id,
        product_id,

        -- times
        started_at,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
