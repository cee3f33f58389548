{#
    Contracts name types as DuckDB does. BigQuery has no double; decimals have their digits in its columns, but never in casts,
    by which dbt compares a contract with a query.
#}
{% macro warehouse_columns(columns, in_cast=false) -%}
    {%- set translated = {} -%}
    {%- for name, column in columns.items() -%}
    {%- set data_type = type_double() if column.data_type == 'double' else column.data_type | replace('decimal', 'numeric') -%}
    {%- do translated.update({name: dict(column, data_type=data_type.split('(')[0] if in_cast else data_type)}) -%}
    {%- endfor -%}
    {{ return(translated) }}
{%- endmacro %}

{% macro bigquery__get_empty_schema_sql(columns) -%}
    {{ return(dbt.default__get_empty_schema_sql(warehouse_columns(columns, in_cast=true))) }}
{%- endmacro %}

{% macro bigquery__get_table_columns_and_constraints() -%}
    (
    {% for column in adapter.render_raw_columns_constraints(raw_columns=warehouse_columns(model['columns'])) -%}
    {{ column }}{{ ',' if not loop.last }}
    {% endfor -%}
    )
{%- endmacro %}
