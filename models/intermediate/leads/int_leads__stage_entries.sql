with entries as (

    select
        placed.lead_id,
        placed.customer_id,
        placed.record_id,
        placed.happened_at,
        placed.happened_date,
        placed.product_id,
        placed.province,
        placed.city,
        {{ shared_dimensions('placed') }},
        stages.stage,
        stages.repeats,
        row_number() over (partition by placed.lead_id, stages.stage order by placed.happened_at, placed.record_id, placed.kind) as visit
    from {{ ref('int_activities__placed') }} as placed
    inner join {{ ref('stage_activities') }} as stages on stages.activity = placed.kind
    where placed.lead_id is not null and (stages.stage <> 'assigned' or placed.names_owner)

)

select *
from entries
where visit = 1 or repeats
