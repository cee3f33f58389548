{{ config(schema='kept') }}
-- The loads that this version was built from.
select distinct batch_id from {{ ref('stg_landing__loads') }}
