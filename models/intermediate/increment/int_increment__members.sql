{{ config(schema='kept') }}
{%- set text = dbt.type_string() -%}
-- What facts take over from reference data: where it changes, the facts of that member are built anew. A change of the calendar concerns everybody.
select 'store' as dimension, store_id as member_id, {{ fingerprint("cast(holds_from as " ~ text ~ ") || '|' || cast(holds_to as " ~ text ~ ") || '|' || coalesce(area_id, '') || '|' || coalesce(region_id, '') || '|' || coalesce(dealer_group_id, '') || '|' || coalesce(sales_model, '')") }} as content
from {{ ref('int_organisation__store_periods') }}
union distinct
select 'staff', staff_id, {{ fingerprint("cast(holds_from as " ~ text ~ ") || '|' || cast(holds_to as " ~ text ~ ") || '|' || coalesce(role, '')") }}
from {{ ref('int_organisation__staff_periods') }}
union distinct
select 'city', city, {{ fingerprint("coalesce(province, '') || '|' || coalesce(region_id, '') || '|' || coalesce(cast(city_tier as " ~ text ~ "), '')") }}
from {{ ref('stg_reference__cities') }}
union distinct
select 'product', product_id, {{ fingerprint("coalesce(series_id, '')") }} from {{ ref('stg_reference__products') }}
union distinct
select 'channel', channel_id, {{ fingerprint("coalesce(cast(is_direct as " ~ text ~ "), '')") }} from {{ ref('stg_reference__channels') }}
union distinct
select 'calendar', cast(day as {{ text }}), {{ fingerprint("coalesce(cast(opens_us as " ~ text ~ "), '') || '|' || coalesce(cast(closes_us as " ~ text ~ "), '')") }}
from {{ ref('int_build__business_days') }}
