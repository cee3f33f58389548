with source as (

    {{ current_version(source('crm', 'leads'), key=['lead_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || lead_id as record_id,
        channel_id,
        campaign_id,
        event_id,
        series_id,
        product_id,
        store_id,
        inviter_id,
        advisor_id,
        coalesce(reopened_source, _source) || ':' || reopened_record_id as reopened_record_id,

        -- persons
        name_hash,
        name_masked,
        phone_hash,
        phone_masked,
        phone_status,
        email_hash,
        email_masked,
        email_status,
        openid_hash,
        openid_masked,
        openid_status,
        wecom_external_userid_hash,
        wecom_external_userid_masked,
        wecom_external_userid_status,

        -- attributes
        province,
        city,
        intent_level,

        -- times
        captured_at,
        qualified_at,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
