{#
    Star edges: every identifier of a record is tied to the one of its identifiers that was seen first. An identifier is
    represented by its first record, so that two identifiers which first appeared together are one node already.
    One row per pair of nodes, with the earliest record that tied them.
#}
{% macro identity_edges(identifiers) %}
with tied as (

    select
        observed.observation_rank,
        identifiers.identifier_type,
        identifiers.first_rank as node,
        min(identifiers.first_rank) over (partition by observed.observation_rank) as anchor
    from {{ ref('int_identity__observed_identifiers') }} as observed
    inner join {{ identifiers }} as identifiers on identifiers.identifier_key = observed.identifier_key
    where identifiers.is_merge_key

)

select
    anchor as older,
    node as younger,
    min(observation_rank) as tied_by_rank,
    min(identifier_type) as identifier_type
from tied
where anchor < node
group by anchor, node
{% endmacro %}
