{# At the head of a model that is computed customer by customer and read by sliced models only: in an increment it holds the slice. #}
{% macro sliced() -%}
    {{ config(meta={'slice': 'passing'}) }}
    {{- after_slicing() -}}
{%- endmacro %}

{# A dependency and nothing else: unit tests, which run by themselves, must not look for the rows of it. #}
{% macro after_slicing() -%}
    {%- if not execute %}{% do ref('int_increment__records') %}{% endif -%}
{%- endmacro %}

{#
    At the head of a model that is computed customer by customer and stays from version to version.
    customer: the column that says whose a row is; none where another condition does.
    activity: for rows that are nobody's, the expressions of the resource and the record id that say which record they are; `row` is the table.
    where: SQL condition of the rows that an increment replaces, instead of both.
    Marts are kept where they are, others in a schema of their own.
#}
{% macro kept(customer='customer_id', activity=none, where=none, schema='marts') -%}
    {{ config(
        schema=schema,
        materialized='incremental',
        incremental_strategy='slice',
        on_schema_change='fail',
        meta={'slice': 'kept', 'customer': customer, 'activity': activity, 'where': where}
    ) }}
    {{- after_slicing() -}}
{%- endmacro %}

{# The rows that an increment replaces. #}
{% macro replaced_rows() -%}
    {%- set meta = model.config.meta -%}
    {%- if meta.where -%}
    {{ meta.where }}
    {%- else -%}
    {{ meta.customer }} in (select customer_id from {{ slice_relation('customers') }})
    {%- if meta.activity %}
    or ({{ meta.customer }} is null and exists (
        select 1 from {{ slice_relation('activities') }} as activities
        where activities.resource = {{ meta.activity.resource | replace('row.', this.identifier ~ '.') }}
            and activities.record_id = {{ meta.activity.record_id | replace('row.', this.identifier ~ '.') }}
    ))
    {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#
    dbt's strategy `slice`: what was built stands for itself, for sliced models, and replaces its rows in the table. Without an increment, as
    when somebody runs dbt by hand over tables that are there, it replaces all of them.
#}
{% macro get_incremental_slice_sql(arg_dict) -%}
    {{ replace_slice(arg_dict['temp_relation'], arg_dict['target_relation'], arg_dict['dest_columns']) }}
{%- endmacro %}

{% macro replace_slice(built, target_relation, dest_columns) -%}
    {%- set columns = dest_columns | map(attribute='quoted') | join(', ') -%}
    {%- if is_increment() %}
    create or replace table {{ slice_relation(model.name) }} as select * from {{ built }};
    delete from {{ target_relation }} where {{ replaced_rows() }};
    {%- else %}
    delete from {{ target_relation }} where true;
    {%- endif %}
    insert into {{ target_relation }} ({{ columns }}) select {{ columns }} from {{ built }};
{%- endmacro %}

{# The adapter of BigQuery knows its own strategies only. #}
{% macro dbt_bigquery_validate_get_incremental_strategy(config) -%}
    {{ return(config.get('incremental_strategy')) }}
{%- endmacro %}

{% macro bq_generate_incremental_build_sql(
    strategy, tmp_relation, target_relation, sql, unique_key, partition_by, partitions, dest_columns, tmp_relation_exists, copy_partitions, incremental_predicates
) -%}
    {{ return(replace_slice(tmp_relation, target_relation, dest_columns)) }}
{%- endmacro %}

{# Runs before everything: over a copy of the version before, keeps what an increment is compared with, and drops what is made anew. #}
{% macro begin_increment() -%}
    {%- if execute and not flags.FULL_REFRESH and load_relation(relation_of('int_increment__batches')) is not none -%}
        {%- set remembered = {'previous_members': 'int_increment__members', 'previous_clock': 'int_build__clock', 'previous_batches': 'int_increment__batches'} -%}
        {%- do adapter.create_schema(slice_relation('any')) -%}
        {%- for node in graph.nodes.values() if (node.config.meta or {}).get('slice') == 'passing' -%}
            {%- set left = load_relation(relation_of(node.name)) -%}
            {%- if left is not none %}{% do adapter.drop_relation(left) %}{% endif -%}
        {%- endfor -%}
        {%- for name, kept in remembered.items() -%}
            {%- do run_query('create or replace table ' ~ slice_relation(name) ~ ' as select * from ' ~ relation_of(kept)) -%}
            {%- do adapter.cache_added(slice_relation(name)) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
