{#
    The version of each record that counts: the greatest cursor, whatever the order of arrival. On a tie a tombstone
    wins, then the greatest row hash, so that two builds of the same rows agree. Records that are gone drop out.
    A null is a value of the key. `_first_loaded_at` is when the first version of the record arrived.

    Few records have more than one version: only those are sorted, the others pass through.
#}
{% macro current_version(relation, key, cursor='updated_at', tombstone=none, across_sources=false) %}
    {%- set keys = key if across_sources else ['_source'] + key -%}
    with versioned as (

        select {{ keys | join(', ') }}, min(_loaded_at) as _first_loaded_at
        from {{ relation }}
        group by {{ keys | join(', ') }}
        having count(*) > 1

    ),

    latest as (

        select landed.*, landed._loaded_at as _first_loaded_at
        from {{ relation }} as landed
        left join versioned on {{ same_key('versioned', 'landed', keys) }}
        where versioned._first_loaded_at is null
        union all
        select landed.*, versioned._first_loaded_at
        from {{ relation }} as landed
        inner join versioned on {{ same_key('versioned', 'landed', keys) }}
        where true
        qualify row_number() over (
            partition by {% for column in keys %}landed.{{ column }}{{ ", " if not loop.last }}{% endfor %}
            order by landed.{{ cursor }} desc, {% if tombstone %}coalesce(landed.{{ tombstone }}, false) desc, {% endif %}landed._row_hash desc
        ) = 1

    )

    select *
    from latest
    {%- if tombstone %}
    where {{ tombstone }} is not true
    {%- endif %}
{% endmacro %}

{% macro same_key(one, other, keys) -%}
    {{ return(adapter.dispatch('same_key')(one, other, keys)) }}
{%- endmacro %}

{% macro duckdb__same_key(one, other, keys) -%}
    {% for column in keys %}{{ one }}.{{ column }} is not distinct from {{ other }}.{{ column }}{{ ' and ' if not loop.last }}{% endfor %}
{%- endmacro %}

{# An outer join of BigQuery needs equalities between its sides, and `is not distinct from` is none. #}
{% macro bigquery__same_key(one, other, keys) -%}
    {% for column in keys -%}
    coalesce(cast({{ one }}.{{ column }} as string), '') = coalesce(cast({{ other }}.{{ column }} as string), '')
        and ({{ one }}.{{ column }} is null) = ({{ other }}.{{ column }} is null){{ ' and ' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
