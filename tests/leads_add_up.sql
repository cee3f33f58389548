-- Leads = valid + invalid + pending, valid is what the funnel counts, and no lead reaches a stage without the earlier ones.
{%- set stages = lead_stages() %}
select lead_id, status
from {{ ref('fct_leads') }}
where status not in ('valid', 'invalid', 'pending')
    or (status = 'valid') <> reached_valid
    {%- for stage in stages[1:] %}
    or (reached_{{ stage }} and not reached_{{ stages[loop.index0] }})
    {%- endfor %}
    {%- for stage in stages %}
    or (reached_{{ stage }}_in_window and not reached_{{ stage }})
    or ({{ stage }}_at is not null and not reached_{{ stage }})
    {%- endfor %}
    or (order_is_net and not reached_order)
    or (sla_status is null) <> (sla_started_at is null)
