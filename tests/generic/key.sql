{# The grain: the columns are unique together, and none is null unless its absence is a value of the key. #}
{% test key(model, columns, nullable=[]) %}
{{ config(fail_calc='coalesce(sum(rows_found), 0)') }}
{%- set slice = slice_of(model) -%}
{%- set required = columns | reject('in', nullable) | list %}

{%- for column in required %}
select '{{ column }}' as column_name, 'null' as problem, count(*) as rows_found
from {{ slice or model }}
where {{ column }} is null
having count(*) > 0
union all
{%- endfor %}
select '{{ columns | join(', ') }}', 'repeated', count(*)
from (
    select 1 as found
    from {{ model }} as tested
    {%- if slice and required %}
    -- An increment has put in these rows only: all others are as they were tested.
    where exists (
        select 1 from {{ slice }} as built
        where {% for column in required %}built.{{ column }} = tested.{{ column }}{{ ' and ' if not loop.last }}{% endfor %}
    )
    {%- endif %}
    group by {{ columns | join(', ') }}
    having count(*) > 1
) as repeated
having count(*) > 0

{% endtest %}
