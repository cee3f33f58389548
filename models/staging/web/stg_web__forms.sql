with source as (

    {{ current_version(source('web', 'forms'), key=['form_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || form_id as record_id,
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
        anonymous_id_hash,
        anonymous_id_masked,
        anonymous_id_status,
        device_id_hash,
        device_id_masked,
        device_id_status,
        openid_hash,
        openid_masked,
        openid_status,
        unionid_hash,
        unionid_masked,
        unionid_status,

        -- attributes
        province,
        city,

        -- times
        captured_at,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
