{#
    An increment builds anew only what new rows can have moved: the customers whom they touch, with everything that is known of
    them. All other rows stay in a copy of the version before. It runs the same statements as a whole build: `ref` gives a
    sliced model the slice of another one. See DECISIONS.md, "Increments".
#}

{# Whether this run is an increment: begin_increment has kept what the version before was built from. #}
{% macro is_increment() -%}
    {{ return(execute and not flags.FULL_REFRESH and load_relation(slice_relation('previous_batches')) is not none) }}
{%- endmacro %}

{# A table that lives as long as the build. On BigQuery it is in the dataset of everything that only the build needs, beside views of the same name. #}
{% macro slice_relation(name) -%}
    {%- set identifier = 'slice__' ~ name if target.type == 'bigquery' else name -%}
    {{ return(api.Relation.create(database=target.database, schema=generate_schema_name('slices', none) | trim, identifier=identifier, type='table')) }}
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
    {%- if execute and model is defined and model.resource_type == 'model' -%}
        {%- set name = varargs[-1] -%}
        {%- set slice = (model.config.meta or {}).get('slice') -%}
        {%- set slice_read = slice_kind(name) -%}
        {%- if slice and not slice_read and name.startswith('stg_') and name in sliced_staging() %}{% set slice_read = 'staged' %}{% endif -%}
        {%- if slice or slice_read == 'passing' %}{% do check_slices(slice, name, slice_read) %}{% endif -%}
        {%- if slice and slice_read in ['kept', 'staged'] and is_increment() -%}
            {{ return(slice_relation(name)) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(relation) }}
{%- endmacro %}

{# passing, kept, or none for a model that is built whole each time. #}
{% macro slice_kind(name) -%}
    {%- set node = graph.nodes.get('model.onelane.' ~ name) -%}
    {{ return((node.config.meta or {}).get('slice') if node else none) }}
{%- endmacro %}

{# What would be wrong in an increment is refused in every build, so that whoever writes a model hears of it at once. #}
{% macro check_slices(slice, name, slice_read) -%}
    {%- if not slice and slice_read == 'passing' -%}
        {%- do exceptions.raise_compiler_error(model.name ~ ' reads ' ~ name ~ ', which after an increment holds the slice only: make ' ~ name
            ~ ' kept(), or ' ~ model.name ~ ' sliced() or kept(); see macros/increment/sliced.sql') -%}
    {%- elif slice and not slice_read and name.startswith('stg_') and not name.startswith('stg_reference__') -%}
        {%- do exceptions.raise_compiler_error(model.name ~ ' is built in slices and reads ' ~ name ~ ', of which it is not known whose a row is: name '
            ~ name ~ ' in macros/increment/records.sql') -%}
    {%- endif -%}
{%- endmacro %}

{# The whole table, for a sliced model too. #}
{% macro whole(name) -%}
    {{ return(builtins.ref(name)) }}
{%- endmacro %}

{# For a test of a kept model: the rows that this increment has put into it; none in a whole build, and for any other model. #}
{% macro slice_of(relation) -%}
    {%- if is_increment() -%}
        {%- if slice_kind(relation.identifier) == 'kept' -%}
            {{ return(slice_relation(relation.identifier)) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
