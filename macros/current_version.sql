{#
    The version of each record that counts: the greatest cursor, whatever the order of arrival. On a tie a tombstone
    wins, then the greatest row hash, so that two builds of the same rows agree. Records that are gone drop out.
    A null is a value of the key. `_first_loaded_at` is when the first version of the record arrived.
#}
{% macro current_version(relation, key, cursor='updated_at', tombstone=none, across_sources=false) %}
    {%- set partition = (key if across_sources else ['_source'] + key) | join(', ') -%}
    select *
    from (
        select
            *,
            min(_loaded_at) over (partition by {{ partition }}) as _first_loaded_at
        from {{ relation }}
        where true
        qualify row_number() over (
            partition by {{ partition }}
            order by {{ cursor }} desc, {% if tombstone %}coalesce({{ tombstone }}, false) desc, {% endif %}_row_hash desc
        ) = 1
    ) as latest
    {%- if tombstone %}
    where {{ tombstone }} is not true
    {%- endif %}
{% endmacro %}
