{# Schemas are named as they are (staging, intermediate, marts, seeds), whatever the profile's own is. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
