with source as (

    select * from {{ source('landing', 'quarantine') }}

),

renamed as (

    select
        -- ids
        _batch_id as batch_id,
        _source as source,
        _resource as resource,

        -- attributes
        column_name,
        reason,
        value,
        file,

        -- times
        _loaded_at as loaded_at,

        -- amounts
        line
    from source

)

select * from renamed
