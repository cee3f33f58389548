with source as (

    {{ current_version(source('reference', 'campaigns'), key=['campaign_id'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        campaign_id,
        channel_id,

        -- attributes
        name_zh,
        name_en,
        platform,
        account_id,

        -- times
        started_on,
        ended_on,

        -- landing
        updated_at
    from source

)

select * from renamed
