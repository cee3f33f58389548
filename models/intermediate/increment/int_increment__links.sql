-- Identifiers that changed records carry now, and those of work that waited for a changed record. Empty in a whole build.
{%- set text = dbt.type_string() -%}
{%- set changed = "(select record_id from " ~ ref('int_increment__changes') ~ " where resource in " -%}
{%- set resources = {'lead_record': "('forms', 'leads')", 'visit_record': "('visits')"} %}
{%- for part in sliced_records() + sliced_activities() %}
{%- set outer = loop %}
{%- set columns = links_of(part).items() | list + ([['lead_record', part.reopens]] if part.reopens else []) %}
{%- for type, column in columns %}
select '{{ type }}' as identifier_type, cast({{ column }} as {{ text }}) as identifier_hash
from {{ ref(part.staged) }}
where {{ column }} is not null
    and (
        {{ part.id }} in {{ changed }}('{{ part.resource }}'))
        {%- for other, named in (part.links or {}).items() if named not in [column, part.id] %}
        or {{ named }} in {{ changed }}{{ resources[other] }})
        {%- endfor %}
    )
{% if not (outer.last and loop.last) %}union distinct{% endif %}
{%- endfor %}
{%- endfor %}
