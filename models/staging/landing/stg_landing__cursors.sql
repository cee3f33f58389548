with source as (

    select * from {{ source('landing', 'cursors') }}

),

renamed as (

    select
        -- ids
        source,
        resource,

        -- times
        cast(cursor_value as timestamp) as data_until,
        updated_at
    from source

)

select * from renamed
