{# Foreign keys of a table, all in one pass each: values that the other table does not know. A null refers to nothing. #}
{% test references(model, keys) %}
{%- set facts = slice_of(model) or model %}

{% for key in keys %}
select distinct '{{ key.column }}' as foreign_key, cast(facts.{{ key.column }} as {{ dbt.type_string() }}) as unknown_value
from {{ facts }} as facts
left join {{ key.to }} as members on facts.{{ key.column }} = members.{{ key.field or key.column }}
where facts.{{ key.column }} is not null and members.{{ key.field or key.column }} is null
{% if not loop.last %}union all{% endif %}
{% endfor %}

{% endtest %}
