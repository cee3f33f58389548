with rows_read as (

    select source, resource, sum(rows_read) as rows_read
    from {{ ref('stg_landing__loads') }}
    group by source, resource

),

numbered as (

    select
        *,
        row_number() over (partition by source, resource, column_name, reason order by loaded_at desc, file, line) as example_order
    from {{ ref('stg_landing__quarantine') }}

)

select
    numbered.source,
    numbered.resource,
    numbered.column_name,
    numbered.reason,
    count(*) as rows_quarantined,
    cast(max(rows_read.rows_read) as bigint) as rows_read,
    min(numbered.loaded_at) as first_loaded_at,
    max(numbered.loaded_at) as last_loaded_at,
    max(case when numbered.example_order = 1 then numbered.value end) as example,
    max(case when numbered.example_order = 1 then numbered.file end) as example_file,
    max(case when numbered.example_order = 1 then numbered.line end) as example_line
from numbered
left join rows_read on rows_read.source = numbered.source and rows_read.resource = numbered.resource
group by numbered.source, numbered.resource, numbered.column_name, numbered.reason
