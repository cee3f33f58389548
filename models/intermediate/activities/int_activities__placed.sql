{{ kept(schema='kept', activity={'resource': 'row.resource', 'record_id': 'row.record_id'}) }}
{#- Most of its readers want one kind of activity: BigQuery, in the order of kinds, reads the blocks of that one. -#}
{%- if target.type == 'bigquery' -%}{{ config(cluster_by=['kind']) }}{%- endif -%}
-- Each activity with its owner: who did it and where, else who owned the lead at that moment.
with leads as (

    select * from {{ ref('int_leads__captures_grouped') }} where outcome = 'lead'

),

cities as (

    select city, region_id from {{ ref('stg_reference__cities') }}

),

activities as (

    select
        resource, kind, record_id, lead_id, visit_id, happened_at, detail, store_id, inviter_id, advisor_id, staff_id,
        channel_id, series_id, product_id, intent_level
    from {{ ref('int_activities__united') }}
    union all
    select
        'leads', 'lead', lead_id, lead_id, null, captured_at, null, store_id, inviter_id, advisor_id, null,
        null, null, null, intent_level
    from leads

),

owning as (

    select
        resource,
        kind,
        record_id,
        lead_id,
        visit_id,
        happened_at,
        detail,
        store_id,
        inviter_id,
        advisor_id,
        series_id,
        product_id,
        intent_level,
        kind in ('dispatch', 'assign', 'reassign', 'recall', 'handover') as is_assignment,
        case when kind in ('dispatch', 'assign', 'reassign', 'recall', 'handover') then store_id end as gives_store_id,
        case
            when kind = 'recall' then ''
            when kind in ('assign', 'reassign') then inviter_id
        end as gives_inviter_id,
        case
            when kind = 'handover' then staff_id
            when kind in ('assign', 'reassign') then advisor_id
        end as gives_advisor_id
    from activities
    where lead_id is not null

),

owned as (

    select
        *,
        last_value(gives_store_id ignore nulls) over history as owner_store_id,
        last_value(case when gives_store_id is not null then happened_at end ignore nulls) over history as owner_since,
        last_value(gives_inviter_id ignore nulls) over history as owner_inviter_id,
        last_value(gives_advisor_id ignore nulls) over history as owner_advisor_id,
        last_value(intent_level ignore nulls) over history as intent_level_then,
        lead(kind) over sequence is null as is_latest
    from owning
    window
        sequence as (partition by lead_id order by happened_at, is_assignment desc, record_id, kind),
        history as (
            partition by lead_id
            order by happened_at, is_assignment desc, record_id, kind
            rows between unbounded preceding and current row
        )

),

dated as (

    select
        owned.resource,
        owned.kind,
        owned.record_id,
        owned.lead_id,
        owned.visit_id,
        leads.customer_id,
        owned.happened_at,
        owned.detail,
        owned.is_latest,
        coalesce(nullif(owned.gives_inviter_id, ''), owned.gives_advisor_id) is not null as names_owner,
        -- Only the last ones say who owns the lead now.
        case when owned.is_latest then owned.owner_store_id end as owner_store_id,
        case when owned.is_latest then owned.owner_since end as owner_since,
        case when owned.is_latest then owned.owner_inviter_id end as owner_inviter_id,
        case when owned.is_latest then owned.owner_advisor_id end as owner_advisor_id,
        coalesce(owned.store_id, owned.owner_store_id, leads.store_id) as store_id,
        nullif(coalesce(owned.inviter_id, owned.owner_inviter_id, leads.inviter_id), '') as inviter_id,
        coalesce(owned.advisor_id, owned.owner_advisor_id, leads.advisor_id) as advisor_id,
        leads.channel_id,
        leads.campaign_id,
        coalesce(owned.series_id, leads.series_id) as series_id,
        coalesce(owned.product_id, leads.product_id) as product_id,
        owned.intent_level_then as intent_level,
        case when leads.store_id is null then 'hq' else 'store' end as origin,
        leads.province,
        leads.city,
        cities.region_id as city_region_id
    from owned
    inner join leads on leads.lead_id = owned.lead_id
    left join cities on cities.city = leads.city
    union all
    select
        activities.resource,
        activities.kind,
        activities.record_id,
        null,
        activities.visit_id,
        null,
        activities.happened_at,
        activities.detail,
        false,
        false,
        null, null, null, null,
        activities.store_id,
        activities.inviter_id,
        activities.advisor_id,
        coalesce(activities.channel_id, 'walk_in'),
        null,
        activities.series_id,
        activities.product_id,
        null,
        null,
        null,
        null,
        null
    from activities
    where activities.lead_id is null

),

placed as (

    select
        *,
        {{ business_date('happened_at') }} as happened_date
    from dated

)

select
    placed.*,
    stores.area_id,
    coalesce(stores.region_id, placed.city_region_id) as region_id,
    stores.dealer_group_id
from placed
left join {{ ref('int_organisation__store_periods') }} as stores
    on stores.store_id = placed.store_id
    and placed.happened_date >= stores.holds_from
    and placed.happened_date < stores.holds_to
