with source as (

    {{ current_version(source('verticals', 'leads'), key=['portal_lead_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || portal_lead_id as record_id,
        channel_id,
        campaign_id,
        event_id,
        series_id,
        product_id,

        -- persons
        name_hash,
        name_masked,
        phone_hash,
        phone_masked,
        phone_status,
        email_hash,
        email_masked,
        email_status,

        -- attributes
        portal,
        province,
        city,

        -- times
        captured_at,

        -- amounts
        price,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
