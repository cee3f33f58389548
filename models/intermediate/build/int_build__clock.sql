{{ config(schema='kept') }}
-- "Now" of the build. It follows the data, never the machine's clock, so that the same raw gives the same marts.
select
    {% if var('as_of') -%}
    cast('{{ var("as_of") }}' as timestamp) as as_of
    {%- else -%}
    coalesce(
        max(case when resource not like 'reference.%' then data_until end),
        max(data_until),
        cast('2000-01-01' as timestamp)
    ) as as_of
    {%- endif %}
from {{ ref('stg_landing__cursors') }}
