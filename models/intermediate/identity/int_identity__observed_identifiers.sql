{{ sliced() }}
{% for type in identifier_types() %}
select
    observation_rank,
    '{{ type }}' as identifier_type,
    {{ type }}_key as identifier_key
from {{ ref('int_identity__observations') }}
where {{ type }}_key is not null
{% if not loop.last %}union all{% endif %}
{% endfor %}
