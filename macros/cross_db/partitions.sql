{#
    BigQuery keeps a table by business day, so that a page reads the days that it shows, and each day in the order of `cluster_by`.
    One statement may write 4,000 days there, which is eleven years: a brand with a longer history sets `partition_granularity` to month.
#}
{% macro partitioned_by_day(day, cluster_by=[]) -%}
    {%- if target.type == 'bigquery' -%}
    {{ config(partition_by={'field': day, 'data_type': 'date', 'granularity': var('partition_granularity')}, cluster_by=cluster_by) }}
    {%- endif -%}
{%- endmacro %}
