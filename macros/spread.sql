{#
    Part number `part` (from 1) of an amount spread over `parts` equal parts: the difference of two rounded running totals,
    so that the parts sum to the amount exactly, whatever the digits.
#}
{% macro spread(amount, part, parts, digits) -%}
    {{ spread_between(amount, '(' ~ part ~ ' - 1.0) / ' ~ parts, part ~ ' * 1.0 / ' ~ parts, digits) }}
{%- endmacro %}

{# Part of an amount between two shares of the whole, 0 to 1: cumulative rounding, as above. #}
{% macro spread_between(amount, share_before, share_until, digits) -%}
    {{ share_of(amount, share_until, digits) }} - {{ share_of(amount, share_before, digits) }}
{%- endmacro %}

{% macro share_of(amount, share, digits) -%}
    {{ to_decimal('round(cast(' ~ amount ~ ' as ' ~ type_double() ~ ') * (' ~ share ~ '), ' ~ digits ~ ')', digits) }}
{%- endmacro %}
