with source as (

    {{ current_version(source('reference', 'cities'), key=['city'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        region_id,

        -- attributes
        city,
        name_en,
        province,
        province_en,
        city_tier,

        -- landing
        updated_at
    from source

)

select * from renamed
