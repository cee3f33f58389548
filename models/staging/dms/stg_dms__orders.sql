with source as (

    {{ current_version(source('dms', 'orders'), key=['order_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || order_id as order_id,
        coalesce(lead_source, _source) || ':' || lead_record_id as lead_record_id,
        case when _source = 'dms' then 'crm' else _source end || ':' || visit_id as visit_id,
        channel_id,
        store_id,
        inviter_id,
        advisor_id,
        series_id,
        product_id,

        -- persons
        name_hash,
        name_masked,
        phone_hash,
        phone_masked,
        phone_status,
        vin_hash,
        vin_masked,
        vin_status,

        -- attributes
        cancel_reason,

        -- times
        deposit_at,
        firm_deposit_at,
        locked_at,
        cancelled_at,
        invoiced_at,
        delivered_at,
        registered_at,

        -- amounts
        amount,
        cost,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
