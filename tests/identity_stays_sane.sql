-- Nobody is merged through a value that many persons share, nobody has more phones than a person could use,
-- and records that share a merging identifier are one customer.
select 'over its cap' as problem, identifiers.identifier_hash as id
from {{ ref('bdg_customer_identifiers') }} as identifiers
inner join {{ ref('identifier_limits') }} as limits on limits.identifier_type = identifiers.identifier_type
where identifiers.is_merge_key and (identifiers.persons > limits.fan_out_cap or identifiers.customer_id is null)
union all
select 'too many phones', customer_id
from {{ ref('bdg_customer_identifiers') }}
where identifier_type = 'phone' and is_merge_key
group by customer_id
having count(*) > 20
union all
select 'torn apart', observed.identifier_type
from {{ ref('int_identity__observed_identifiers') }} as observed
inner join {{ ref('int_identity__identifiers_guarded') }} as identifiers on identifiers.identifier_key = observed.identifier_key
inner join {{ ref('int_identity__observations_resolved') }} as mine on mine.observation_rank = observed.observation_rank
inner join {{ ref('int_identity__observations_resolved') }} as first_one on first_one.observation_rank = identifiers.first_rank
where identifiers.is_merge_key and mine.root_rank <> first_one.root_rank
