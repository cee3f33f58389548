{# Ids of a dimension that something names but the reference does not know. #}
{% macro inferred_members(dimension, known, key) -%}
    select used.member_id
    from {{ ref('int_organisation__members_used') }} as used
    left join {{ known }} as known on known.{{ key }} = used.member_id
    where used.dimension = '{{ dimension }}' and known.{{ key }} is null
{%- endmacro %}
