{#
    On DuckDB schemas are named as they are (staging, intermediate, marts, seeds), whatever the profile's own is. On BigQuery
    a version is a dataset: it holds the marts, and one beside it everything that only the build needs.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if target.type == 'bigquery' -%}
    {{ target.schema if custom_schema_name == 'marts' else target.schema ~ '_work' }}
    {%- else -%}
    {{ (custom_schema_name or target.schema) | trim }}
    {%- endif -%}
{%- endmacro %}
