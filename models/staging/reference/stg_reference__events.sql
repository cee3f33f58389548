with source as (

    {{ current_version(source('reference', 'events'), key=['event_id'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        event_id,
        channel_id,
        region_id,

        -- attributes
        name_zh,
        name_en,
        kind,

        -- times
        starts_on,
        ends_on,

        -- amounts
        cost,

        -- landing
        updated_at
    from source

)

select * from renamed
