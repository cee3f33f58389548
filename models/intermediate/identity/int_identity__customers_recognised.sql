{{ sliced() }}
-- Customers of whom a usable identifier of a person was seen: only these could be met again. Without one a person is a stranger each time.
select distinct customer_id
from {{ ref('bdg_customer_identifiers') }}
where is_merge_key and identifier_type not in ('lead_record', 'visit_record')
