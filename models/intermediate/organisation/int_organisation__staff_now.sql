select staff_id, role, store_id
from {{ ref('stg_reference__staff') }}
where true
qualify row_number() over (partition by staff_id order by valid_from desc) = 1
