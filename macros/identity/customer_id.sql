{# Id of a customer whose earliest record this is. The resource is part of it: ids of two tables of a source may collide. #}
{% macro customer_id(record) -%}
    'c_' || {{ record }}.source || ':' || {{ record }}.resource || substr({{ record }}.record_id, length({{ record }}.source) + 1)
{%- endmacro %}
