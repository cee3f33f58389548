with source as (

    {{ current_version(source('reference', 'channels'), key=['channel_id'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        channel_id,

        -- attributes
        name_zh,
        name_en,
        domain,
        party,
        medium,
        ownership,
        is_direct = 'true' as is_direct,

        -- landing
        updated_at
    from source

)

select * from renamed
