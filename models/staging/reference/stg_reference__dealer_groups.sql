with source as (

    {{ current_version(source('reference', 'dealer_groups'), key=['dealer_group_id'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        dealer_group_id,

        -- attributes
        name_zh,
        name_en,

        -- landing
        updated_at
    from source

)

select * from renamed
