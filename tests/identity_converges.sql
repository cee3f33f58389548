-- The fixed number of rounds was enough: both ends of every edge have one label, in both passes.
select 'all identifiers' as pass, edges.older, edges.younger
from {{ ref('int_identity__edges') }} as edges
inner join {{ ref('int_identity__round_6') }} as one on one.node = edges.older
inner join {{ ref('int_identity__round_6') }} as other on other.node = edges.younger
where one.label <> other.label
union all
select 'strong identifiers', edges.older, edges.younger
from {{ ref('int_identity__edges_guarded') }} as edges
inner join {{ ref('int_identity__guarded_round_3') }} as one on one.node = edges.older
inner join {{ ref('int_identity__guarded_round_3') }} as other on other.node = edges.younger
where one.label <> other.label
