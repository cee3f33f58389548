with source as (

    {{ current_version(source('reference', 'staff'), key=['staff_id', 'valid_from'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        staff_id,
        store_id,

        -- attributes
        name_zh,
        name_en,
        role,

        -- times
        valid_from,
        joined_on,
        left_on,

        -- landing
        updated_at
    from source

)

select * from renamed
