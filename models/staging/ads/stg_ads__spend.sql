with source as (

    {{ current_version(source('ads', 'spend'), key=['spend_date', 'campaign_id', 'region_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        campaign_id,
        region_id,

        -- times
        spend_date,

        -- amounts
        spend,
        impressions,
        clicks,
        platform_leads,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
