select
    target_month,
    level,
    member_id,
    metric,
    version,
    value,
    row_number() over (partition by target_month, level, member_id, metric order by version desc) = 1 as is_current
from {{ ref('stg_reference__targets') }}
