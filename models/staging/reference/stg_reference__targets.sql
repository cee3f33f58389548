with source as (

    {{ current_version(source('reference', 'targets'), key=['target_month', 'level', 'member_id', 'metric', 'version'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- ids
        member_id,

        -- attributes
        level,
        metric,
        version,

        -- times
        target_month,

        -- amounts
        value,

        -- landing
        updated_at
    from source

)

select * from renamed
