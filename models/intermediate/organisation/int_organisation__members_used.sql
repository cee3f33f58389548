{%- set uses = [
    {'from': ref('int_activities__placed'), 'columns': {'store': 'store_id', 'staff': ['inviter_id', 'advisor_id', 'owner_inviter_id', 'owner_advisor_id'], 'channel': 'channel_id', 'campaign': 'campaign_id', 'series': 'series_id', 'product': 'product_id'}},
    {'from': ref('int_leads__captures_grouped'), 'columns': {'store': 'store_id', 'staff': ['inviter_id', 'advisor_id'], 'channel': 'channel_id', 'campaign': 'campaign_id', 'series': 'series_id', 'product': 'product_id', 'event': 'event_id', 'city': 'city'}},
    {'from': ref('fct_touchpoints'), 'columns': {'channel': 'channel_id', 'campaign': 'campaign_id', 'series': 'series_id'}},
    {'from': ref('stg_ads__spend'), 'columns': {'campaign': 'campaign_id', 'region': 'region_id'}},
    {'from': ref('stg_reference__areas'), 'columns': {'region': 'region_id'}},
    {'from': ref('stg_reference__cities'), 'columns': {'region': 'region_id'}},
    {'from': ref('stg_reference__stores'), 'columns': {'area': 'area_id', 'dealer_group': 'dealer_group_id'}},
    {'from': ref('stg_reference__staff'), 'columns': {'store': 'store_id'}},
    {'from': ref('stg_reference__campaigns'), 'columns': {'channel': 'channel_id'}},
    {'from': ref('stg_reference__events'), 'columns': {'channel': 'channel_id', 'region': 'region_id'}},
] %}

-- Members that facts or other members name: those the reference does not know are inferred into their dimension.
with named as (
    {% set parts = [] -%}
    {%- for use in uses -%}
    {%- for dimension, columns in use.columns.items() -%}
    {%- for column in ([columns] if columns is string else columns) -%}
    {%- do parts.append("select distinct '" ~ dimension ~ "' as dimension, " ~ column ~ " as member_id from " ~ use.from) -%}
    {%- endfor -%}
    {%- endfor -%}
    {%- endfor -%}
    {{ parts | join('\n    union distinct\n    ') }}
)

select dimension, member_id
from named
where member_id is not null and member_id <> ''
