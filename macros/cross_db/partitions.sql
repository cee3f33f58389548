{#
    BigQuery keeps a table by business day, so that a page reads the days that it shows, and each day in the order of `cluster_by`.
    One statement may write 4,000 days there, which is eleven years: a brand with a longer history sets `partition_granularity` to month.
#}
{% macro partitioned_by_day(day, cluster_by=[]) -%}
    {%- if target.type == 'bigquery' -%}
    {{ config(partition_by={'field': day, 'data_type': 'date', 'granularity': var('partition_granularity')}, cluster_by=cluster_by) }}
    {%- endif -%}
{%- endmacro %}

{#
    DuckDB reads a table in parts of 122,880 rows and passes by those whose days are not asked for: only where rows lie in the order of
    their days is that most of them.
#}
{% macro ordered_by_day(day) -%}
    {%- if target.type == 'duckdb' %}order by {{ day }}{% endif -%}
{%- endmacro %}
