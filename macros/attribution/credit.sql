{# Which touches of a path get credit under a model. #}
{% macro has_credit(model) -%}
    {{ return({
        'first_touch': 'position = 1',
        'last_touch': 'position = path_length',
        'last_non_direct': 'position = last_non_direct',
        'linear': 'true',
    }[model]) }}
{%- endmacro %}
