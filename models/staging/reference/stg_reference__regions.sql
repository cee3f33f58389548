with source as (

    {{ current_version(source('reference', 'regions'), key=['region_id'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        region_id,

        -- attributes
        name_zh,
        name_en,

        -- landing
        updated_at
    from source

)

select * from renamed
