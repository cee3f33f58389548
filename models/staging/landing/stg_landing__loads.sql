with source as (

    select * from {{ source('landing', 'loads') }}

),

renamed as (

    select
        -- ids
        batch_id,
        source,
        resource,

        -- attributes
        status,

        -- times
        started_at,
        finished_at,

        -- amounts
        rows_read,
        rows_landed,
        rows_changed,
        rows_duplicate,
        rows_quarantined
    from source

)

select * from renamed
