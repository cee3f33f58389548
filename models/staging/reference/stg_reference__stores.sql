with source as (

    {{ current_version(source('reference', 'stores'), key=['store_id', 'valid_from'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        store_id,
        dealer_group_id,
        area_id,

        -- attributes
        name_zh,
        name_en,
        store_type,
        sales_model,
        province,
        city,
        city_tier,

        -- times
        valid_from,
        opened_on,
        closed_on,

        -- landing
        updated_at
    from source

)

select * from renamed
