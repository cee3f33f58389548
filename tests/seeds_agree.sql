-- Seeds say what the SQL relies on: the stages in their order, the models, the 21 nodes.
{%- set lists = {
    'stage': {'seed': ref('funnel_stages'), 'where': "funnel = 'lead' and stage <> 'lead'", 'order': 'stage_order', 'values': lead_stages()},
    'model': {'seed': ref('attribution_models'), 'where': 'true', 'order': 'model_order', 'values': ['first_touch', 'last_touch', 'last_non_direct', 'linear']},
} %}

{% for column, list in lists.items() %}
select '{{ column }}' as what, seeded.member as seeded, expected.member as expected
from (select {{ column }} as member, row_number() over (order by {{ list.order }}) as place from {{ list.seed }} where {{ list.where }}) as seeded
full join (
    {%- for value in list['values'] %}
    select '{{ value }}' as member, {{ loop.index }} as place{{ ' union all' if not loop.last }}
    {%- endfor %}
) as expected on expected.member = seeded.member and expected.place = seeded.place
where seeded.member is null or expected.member is null
union all
{% endfor %}
select 'nodes', cast(count(*) as {{ dbt.type_string() }}), '21'
from {{ ref('lifecycle_nodes') }}
having count(*) <> 21
