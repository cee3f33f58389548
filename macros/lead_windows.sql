{# One started lead in the state text of int_leads__captures_grouped. #}
{% macro lead_start(series, captured_us) -%}
    '|' || {{ series }} || '=' || lpad(cast({{ captured_us }} as {{ dbt.type_string() }}), 16, '0')
{%- endmacro %}

{# Microseconds of the newest start of a series in the state text; null when there is none. #}
{% macro newest_start(starts, marker) -%}
    case when {{ position_of(marker, starts) }} > 0
        then cast(substr({{ starts }}, {{ position_of(marker, starts) }} + length({{ marker }}), 16) as bigint) end
{%- endmacro %}

{# Whether a capture repeats one of the started leads: the window is closed at both ends. #}
{% macro repeats_lead(starts, series, captured_us, window_us) -%}
    case
        when {{ series }} = '0' then {{ captured_us }} - {{ newest_start(starts, "'='") }} <= {{ window_us }}
        else coalesce({{ captured_us }} - {{ newest_start(starts, "'|' || " ~ series ~ " || '='") }} <= {{ window_us }}, false)
            or coalesce({{ captured_us }} - {{ newest_start(starts, "'|0='") }} <= {{ window_us }}, false)
    end
{%- endmacro %}

{#
    Condition that a chain of captures is short enough to be walked. BigQuery ends a recursion after 500 rounds in words that name nobody:
    with some rounds to spare the build stops here, and says who it is.
#}
{% macro may_be_walked(customer_id, captures) -%}
    {{ return(adapter.dispatch('may_be_walked')(customer_id, captures)) }}
{%- endmacro %}

{% macro duckdb__may_be_walked(customer_id, captures) -%}
    true
{%- endmacro %}

{% macro bigquery__may_be_walked(customer_id, captures) -%}
    {%- set most = 490 -%}
    case
        when {{ captures }} > {{ most }} then cast(error(concat(
            'Customer ', {{ customer_id }}, ' has ', cast({{ captures }} as string), ' captures without a pause of {{ var("duplicate_window_days") }} days, and BigQuery follows {{ most }}. ',
            'They are hardly one person: delete them in their source, or lower the cap of what ties them in seeds/identifier_limits.csv'
        )) as bool)
        else true
    end
{%- endmacro %}
