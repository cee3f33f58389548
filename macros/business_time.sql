{#
    Business time elapsed since a fixed day, in microseconds, at an instant: the difference of two positions is the time
    the stores were open between them. `calendar` is the alias of int_build__business_days joined on the instant's business date.
#}
{% macro business_position(instant, calendar) -%}
    ({{ calendar }}.open_us_before + greatest(0, least({{ epoch_us(instant) }} - {{ calendar }}.day_start_us, {{ calendar }}.closes_us) - {{ calendar }}.opens_us))
{%- endmacro %}

{% macro business_minutes(earlier, earlier_calendar, later, later_calendar) -%}
    ({{ business_position(later, later_calendar) }} - {{ business_position(earlier, earlier_calendar) }}) / 60000000.0
{%- endmacro %}

{# Instant of the state that counts as "order". #}
{% macro order_state_at() -%}
    {{ var('order_state') }}_at
{%- endmacro %}
