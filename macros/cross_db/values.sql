{# A 64 bit fingerprint of a text: a short key to join on inside one build, never stored as an id. #}
{% macro fingerprint(expression) -%}
    {{ return(adapter.dispatch('fingerprint')(expression)) }}
{%- endmacro %}

{% macro duckdb__fingerprint(expression) -%}
    hash({{ expression }})
{%- endmacro %}

{% macro bigquery__fingerprint(expression) -%}
    farm_fingerprint({{ expression }})
{%- endmacro %}

{# Position of a text inside another, from 1; 0 when it is not there. #}
{% macro position_of(part, whole) -%}
    {{ return(adapter.dispatch('position_of')(part, whole)) }}
{%- endmacro %}

{% macro duckdb__position_of(part, whole) -%}
    instr({{ whole }}, {{ part }})
{%- endmacro %}

{% macro bigquery__position_of(part, whole) -%}
    strpos({{ whole }}, {{ part }})
{%- endmacro %}

{# Type names that the warehouses spell differently. #}
{% macro type_double() -%}
    {{ return('float64' if target.type == 'bigquery' else 'double') }}
{%- endmacro %}

{# A decimal with so many digits after the point. BigQuery's has always nine, and its casts take no parameters. #}
{% macro to_decimal(expression, digits) -%}
    {{ return(adapter.dispatch('to_decimal')(expression, digits)) }}
{%- endmacro %}

{% macro duckdb__to_decimal(expression, digits) -%}
    cast({{ expression }} as decimal(18, {{ digits }}))
{%- endmacro %}

{% macro bigquery__to_decimal(expression, digits) -%}
    {%- if expression == 'null' -%}cast(null as numeric){%- else -%}round(cast({{ expression }} as numeric), {{ digits }}){%- endif -%}
{%- endmacro %}

{# The earliest of several instants, ignoring those that never happened. #}
{% macro earliest(instants) -%}
    {{ return(adapter.dispatch('earliest')(instants)) }}
{%- endmacro %}

{% macro duckdb__earliest(instants) -%}
    least({{ instants | join(', ') }})
{%- endmacro %}

{% macro bigquery__earliest(instants) -%}
    (select min(instant) from unnest([{{ instants | join(', ') }}]) as instant)
{%- endmacro %}
