{#
    An increment builds anew only what new rows can have moved: the customers whom they touch, with everything that is known of
    them. All other rows stay in a copy of the version before. It runs the same statements as a whole build: `ref` gives a
    sliced model the slice of another one. See DECISIONS.md, "Increments".
#}

{# Whether this run is an increment: begin_increment has kept what the version before was built from. #}
{% macro is_increment() -%}
    {{ return(execute and not flags.FULL_REFRESH and load_relation(slice_relation('previous_batches')) is not none) }}
{%- endmacro %}

{# A table that lives as long as the build. #}
{% macro slice_relation(name) -%}
    {{ return(api.Relation.create(database=target.database, schema=generate_schema_name('slices', none) | trim, identifier=name, type='table')) }}
{%- endmacro %}

{#
    The relation of a model without depending on it, which would be a circle. To what runs before a kept model it shows the rows of the
    version before.
#}
{% macro relation_of(name) -%}
    {%- set node = graph.nodes['model.onelane.' ~ name] -%}
    {{ return(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias)) }}
{%- endmacro %}

{# Where `ref` leads: inside an increment sliced models read slices, everything else whole tables. #}
{% macro ref() -%}
    {%- set relation = builtins.ref(*varargs, **kwargs) -%}
    {%- if execute and model is defined and (model.config.meta or {}).get('slice') and is_increment() -%}
        {%- set node = graph.nodes.get('model.onelane.' ~ varargs[-1]) -%}
        {%- if node and ((node.config.meta or {}).get('slice') == 'kept' or node.name in sliced_staging()) -%}
            {{ return(slice_relation(node.name)) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(relation) }}
{%- endmacro %}

{# The whole table, for a sliced model too. #}
{% macro whole(name) -%}
    {{ return(builtins.ref(name)) }}
{%- endmacro %}

{# For a test of a kept model: the rows that this increment has put into it; none in a whole build, and for any other model. #}
{% macro slice_of(relation) -%}
    {%- if is_increment() -%}
        {%- set node = graph.nodes.get('model.onelane.' ~ relation.identifier) -%}
        {%- if node and (node.config.meta or {}).get('slice') == 'kept' -%}
            {{ return(slice_relation(node.name)) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
