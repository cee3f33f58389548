with source as (

    {{ current_version(source('web', 'events'), key=['event_id']) }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || event_id as event_id,
        _source || ':' || session_id as session_id,
        channel_id,
        campaign_id,
        series_id,

        -- persons
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
        event_name,
        page,

        -- times
        occurred_at,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
