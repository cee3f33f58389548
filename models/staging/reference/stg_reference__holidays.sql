with source as (

    {{ current_version(source('reference', 'holidays'), key=['holiday_date'], tombstone='deleted', across_sources=true) }}

),

renamed as (

    select
        -- attributes
        name_zh,
        name_en,
        is_workday = 'true' as is_workday,

        -- times
        holiday_date,

        -- landing
        updated_at
    from source

)

select * from renamed
