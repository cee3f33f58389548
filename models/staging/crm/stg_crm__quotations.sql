with source as (

    {{ current_version(source('crm', 'quotations'), key=['quotation_id'], tombstone='deleted') }}

),

renamed as (

    select
        -- ids
        _source as source,
        _source || ':' || quotation_id as quotation_id,
        coalesce(lead_source, _source) || ':' || lead_record_id as lead_record_id,
        _source || ':' || visit_id as visit_id,
        store_id,
        advisor_id,
        product_id,

        -- times
        quoted_at,

        -- amounts
        amount,

        -- landing
        updated_at,
        _first_loaded_at as first_loaded_at
    from source

)

select * from renamed
