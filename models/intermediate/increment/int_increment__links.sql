-- Identifiers that changed records carry now, and those of work that waited for a changed record. Empty in a whole build.
{%- set text = dbt.type_string() -%}
{%- set changed = "(select record_id from " ~ ref('int_increment__changes') ~ " where resource in " -%}
{%- set resources = {'lead_record': "('forms', 'leads')", 'visit_record': "('visits')"} %}
{%- set parts = sliced_records() + sliced_activities() %}
{% if is_increment() %}
{%- for part in parts %}
{%- set columns = links_of(part) %}
{%- if part.reopens %}{% do columns.update({'reopened': part.reopens}) %}{% endif %}
select distinct
    case types.identifier_type when 'reopened' then 'lead_record' else types.identifier_type end as identifier_type,
    case types.identifier_type {% for type, column in columns.items() %}when '{{ type }}' then cast(carriers.{{ column }} as {{ text }}) {% endfor %}end as identifier_hash
from {{ ref(part.staged) }} as carriers
cross join (
    {%- for type in columns %}
    select '{{ type }}' as identifier_type{{ ' union all' if not loop.last }}
    {%- endfor %}
) as types
where
    carriers.{{ part.id }} in {{ changed }}('{{ part.resource }}'))
    {%- for other, named in (part.links or {}).items() if named != part.id %}
    or carriers.{{ named }} in {{ changed }}{{ resources[other] }})
    {%- endfor %}
{% if not loop.last %}union distinct{% endif %}
{%- endfor %}
{% else %}
select cast(null as {{ text }}) as identifier_type, cast(null as {{ text }}) as identifier_hash
from {{ ref('int_increment__changes') }}
where false
{%- for part in parts %}
-- depends_on: {{ ref(part.staged) }}
{%- endfor %}
{% endif %}
