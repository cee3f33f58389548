-- Captures = leads + duplicates + rejected, and every landed capture is one of them.
with landed as (

    select count(*) as captures
    from (
        {% for model in ['stg_web__forms', 'stg_ads__leads', 'stg_verticals__leads', 'stg_crm__leads'] -%}
        select record_id from {{ ref(model) }}
        {% if not loop.last %}union all{% endif %}
        {% endfor %}
    ) as united

),

found as (

    select
        count(*) as captures,
        sum(case when outcome = 'lead' then 1 else 0 end) as leads,
        sum(case when outcome = 'duplicate' then 1 else 0 end) as duplicates,
        sum(case when outcome = 'rejected' then 1 else 0 end) as rejected,
        sum(case when outcome = 'rejected' and lead_id is not null or outcome <> 'rejected' and lead_id is null then 1 else 0 end) as misplaced
    from {{ ref('fct_lead_captures') }}

),

leads as (

    select count(*) as leads, coalesce(sum(captures), 0) as captures from {{ ref('fct_leads') }}

)

select *
from found
cross join landed
cross join leads
where found.captures <> landed.captures
    or found.captures <> coalesce(found.leads + found.duplicates + found.rejected, 0)
    or coalesce(found.leads, 0) <> leads.leads
    or coalesce(found.leads + found.duplicates, 0) <> leads.captures
    or found.misplaced > 0
