-- Members whose reference data differs from that of the version before. Empty in a whole build.
{% if is_increment() %}
{%- set now = ref('int_increment__members') -%}
{%- set before = slice_relation('previous_members') -%}
select distinct dimension, member_id
from (
    (select * from {{ now }} except distinct select * from {{ before }})
    union all
    (select * from {{ before }} except distinct select * from {{ now }})
) as differing
{% else %}
select dimension, member_id from {{ ref('int_increment__members') }} where false
{% endif %}
