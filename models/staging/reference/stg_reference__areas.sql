with source as (

    {{ current_version(source('reference', 'areas'), key=['area_id'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        area_id,
        region_id,

        -- attributes
        name_zh,
        name_en,

        -- landing
        updated_at
    from source

)

select * from renamed
