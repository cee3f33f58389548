with named as (

    select city, max(province) as province
    from {{ ref('int_leads__captures_grouped') }}
    where city is not null
    group by city

)

select
    city,
    city as name_zh,
    name_en,
    province,
    province_en,
    city_tier,
    region_id,
    false as is_inferred
from {{ ref('stg_reference__cities') }}
union all
select
    named.city,
    named.city,
    named.city,
    named.province,
    named.province,
    null,
    null,
    true
from named
left join {{ ref('stg_reference__cities') }} as cities on cities.city = named.city
where cities.city is null
