{# Instants are naive UTC. Everything that differs between warehouses about time is here, as small as it gets. #}

{# Wall clock of the business time zone at an instant. #}
{% macro business_time(instant) -%}
    {{ return(adapter.dispatch('business_time')(instant)) }}
{%- endmacro %}

{% macro duckdb__business_time(instant) -%}
    timezone('{{ var("business_timezone") }}', timezone('UTC', {{ instant }}))
{%- endmacro %}

{% macro bigquery__business_time(instant) -%}
    datetime({{ instant }}, '{{ var("business_timezone") }}')
{%- endmacro %}

{# Instant at which a business day begins. #}
{% macro business_day_start(day) -%}
    {{ return(adapter.dispatch('business_day_start')(day)) }}
{%- endmacro %}

{% macro duckdb__business_day_start(day) -%}
    timezone('UTC', timezone('{{ var("business_timezone") }}', cast({{ day }} as timestamp)))
{%- endmacro %}

{% macro bigquery__business_day_start(day) -%}
    timestamp({{ day }}, '{{ var("business_timezone") }}')
{%- endmacro %}

{# Business date of an instant. #}
{% macro business_date(instant) -%}
    cast({{ business_time(instant) }} as date)
{%- endmacro %}

{# Microseconds since the epoch: exact arithmetic on instants. #}
{% macro epoch_us(instant) -%}
    {{ return(adapter.dispatch('epoch_us')(instant)) }}
{%- endmacro %}

{% macro duckdb__epoch_us(instant) -%}
    epoch_us({{ instant }})
{%- endmacro %}

{% macro bigquery__epoch_us(instant) -%}
    unix_micros(timestamp({{ instant }}))
{%- endmacro %}

{# An instant some hours later; hours may be a fraction. #}
{% macro add_hours(instant, hours) -%}
    {{ return(adapter.dispatch('add_hours')(instant, hours)) }}
{%- endmacro %}

{% macro duckdb__add_hours(instant, hours) -%}
    {{ instant }} + to_microseconds(cast({{ hours }} * 3600000000 as bigint))
{%- endmacro %}

{% macro bigquery__add_hours(instant, hours) -%}
    timestamp_add({{ instant }}, interval cast({{ hours }} * 3600000000 as int64) microsecond)
{%- endmacro %}

{% macro minutes_between(earlier, later) -%}
    ({{ epoch_us(later) }} - {{ epoch_us(earlier) }}) / 60000000.0
{%- endmacro %}

{% macro days_between(earlier, later) -%}
    ({{ epoch_us(later) }} - {{ epoch_us(earlier) }}) / 86400000000.0
{%- endmacro %}

{# A day some days later. #}
{% macro add_days(day, days) -%}
    {{ return(adapter.dispatch('add_days')(day, days)) }}
{%- endmacro %}

{% macro duckdb__add_days(day, days) -%}
    cast({{ day }} + cast({{ days }} as integer) as date)
{%- endmacro %}

{% macro bigquery__add_days(day, days) -%}
    date_add({{ day }}, interval cast({{ days }} as int64) day)
{%- endmacro %}

{# First day of the week (Monday), month, quarter or year. #}
{% macro start_of(part, day) -%}
    {{ return(adapter.dispatch('start_of')(part, day)) }}
{%- endmacro %}

{% macro duckdb__start_of(part, day) -%}
    cast(date_trunc('{{ part }}', {{ day }}) as date)
{%- endmacro %}

{% macro bigquery__start_of(part, day) -%}
    date_trunc({{ day }}, {{ 'isoweek' if part == 'week' else part }})
{%- endmacro %}

{# 1 Monday to 7 Sunday. #}
{% macro day_of_week(day) -%}
    {{ return(adapter.dispatch('day_of_week')(day)) }}
{%- endmacro %}

{% macro duckdb__day_of_week(day) -%}
    isodow({{ day }})
{%- endmacro %}

{% macro bigquery__day_of_week(day) -%}
    (mod(extract(dayofweek from {{ day }}) + 5, 7) + 1)
{%- endmacro %}

{# Table expression with one row a day, column `day`, both ends included. #}
{% macro days_table(first_day, last_day) -%}
    {{ return(adapter.dispatch('days_table')(first_day, last_day)) }}
{%- endmacro %}

{% macro duckdb__days_table(first_day, last_day) -%}
    (select cast(generated as date) as day from generate_series(cast({{ first_day }} as timestamp), cast({{ last_day }} as timestamp), interval 1 day) as series(generated))
{%- endmacro %}

{% macro bigquery__days_table(first_day, last_day) -%}
    (select day from unnest(generate_date_array({{ first_day }}, {{ last_day }})) as day)
{%- endmacro %}
