with source as (

    {{ current_version(source('crm', 'losses'), key=['loss_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || loss_id as loss_id,
        coalesce(lead_source, _source) || ':' || lead_record_id as lead_record_id,
        store_id,
        staff_id,

        -- attributes
        reason,

        -- times
        lost_at,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
