{# Stages after capture in the order of the seed funnel_stages (tests/seeds_agree.sql compares). #}
{% macro lead_stages() -%}
    {{ return(['valid', 'dispatched', 'assigned', 'first_attempt', 'connected', 'appointment', 'visit', 'test_drive', 'order', 'delivery']) }}
{%- endmacro %}

{# The owner and other dimensions that facts share; without the channel, campaign, series and origin where a table has none of its own. #}
{% macro shared_dimensions(alias='', channel=true) -%}
    {%- set columns = ['store_id', 'area_id', 'region_id', 'dealer_group_id', 'inviter_id', 'advisor_id'] -%}
    {%- if channel %}{% set columns = columns + ['channel_id', 'campaign_id', 'series_id', 'intent_level', 'origin'] %}{% else %}{% set columns = columns + ['series_id', 'intent_level'] %}{% endif -%}
    {%- for column in columns -%}
    {{ alias ~ '.' if alias }}{{ column }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# The earliest raw time of some stages: a later stage implies the earlier ones. #}
{% macro earliest_of(stages, alias='steps') -%}
    {%- set instants = [] -%}
    {%- for stage in stages %}{% do instants.append(alias ~ '.' ~ stage ~ '_at') %}{% endfor -%}
    {{ earliest(instants) if instants | length > 1 else instants[0] }}
{%- endmacro %}
