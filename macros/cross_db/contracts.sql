{#
    Contracts name types as DuckDB does. BigQuery has no double, and takes parameters of decimals only in columns, never in the
    casts by which dbt compares a contract, so both are its plain types there.
#}
{% macro warehouse_type(data_type) -%}
    {%- if data_type == 'double' -%}{{ return(type_double()) }}
    {%- elif data_type.startswith('decimal(') -%}{{ return('numeric') }}
    {%- else -%}{{ return(data_type) }}
    {%- endif -%}
{%- endmacro %}

{% macro warehouse_columns(columns) -%}
    {%- set translated = {} -%}
    {%- for name, column in columns.items() -%}
    {%- do translated.update({name: dict(column, data_type=warehouse_type(column.data_type))}) -%}
    {%- endfor -%}
    {{ return(translated) }}
{%- endmacro %}

{% macro bigquery__get_empty_schema_sql(columns) -%}
    {{ return(dbt.default__get_empty_schema_sql(warehouse_columns(columns))) }}
{%- endmacro %}

{% macro bigquery__get_table_columns_and_constraints() -%}
    (
    {% for column in adapter.render_raw_columns_constraints(raw_columns=warehouse_columns(model['columns'])) -%}
    {{ column }}{{ ',' if not loop.last }}
    {% endfor -%}
    )
{%- endmacro %}
