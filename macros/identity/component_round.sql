{#
    One round of label propagation with pointer jumping, portable to warehouses without keyed recursion. Each component
    hooks onto its smallest neighbour, then every label follows three hooks at once. Labels only ever shrink, and stay inside
    their component; how many rounds are enough is proved by tests/identity_converges.sql on every build.
#}
{% macro component_round(edges, labels=none) %}
{% if labels is none %}
with labels as (

    select older as node, older as label from {{ edges }}
    union distinct
    select younger, younger from {{ edges }}

),
{% else %}
with labels as (

    select node, label from {{ labels }}

),
{% endif %}

hooks as (

    select
        greatest(one.label, other.label) as label,
        min(least(one.label, other.label)) as parent
    from {{ edges }} as edges
    inner join labels as one on one.node = edges.older
    inner join labels as other on other.node = edges.younger
    where one.label <> other.label
    group by 1

),

jumps as (

    select
        hooks.label,
        coalesce(third.parent, second.parent, hooks.parent) as parent
    from hooks
    left join hooks as second on second.label = hooks.parent
    left join hooks as third on third.label = second.parent

)

select
    labels.node,
    coalesce(jumps.parent, labels.label) as label
from labels
left join jumps on jumps.label = labels.label
{% endmacro %}
