with source as (

    {{ current_version(source('reference', 'products'), key=['product_id'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        product_id,
        series_id,

        -- attributes
        name_zh,
        name_en,
        series_name_zh,
        series_name_en,
        powertrain,

        -- amounts
        model_year,
        list_price,

        -- landing
        updated_at
    from source

)

select * from renamed
