{#
    On DuckDB schemas are named as they are (staging, intermediate, marts, seeds), whatever the profile's own is. On BigQuery
    a version is a dataset: it holds the marts; one beside it what the next increment needs, another one everything that only the build does.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if target.type == 'bigquery' -%}
    {%- set ends = {'marts': '', 'kept': '_kept'} -%}
    {{ target.schema ~ ends.get(custom_schema_name, '_work') }}
    {%- else -%}
    {{ (custom_schema_name or target.schema) | trim }}
    {%- endif -%}
{%- endmacro %}
