{{ kept(schema='kept') }}
{%- set window_us = var('duplicate_window_days') * 86400000000 %}

-- Walks each customer's captures in order. The state is the text of the leads started so far, newest first, as
-- `|<series>=<microseconds>`; 16 digits of microseconds after the equals sign. A capture repeats a lead when the newest
-- start of its own series or of an unknown series (any start, if its own is unknown) lies within the window.
-- A pause longer than the window closes all that was open, so a customer is walked in chains without such a pause, all at once:
-- there are as many rounds as the longest chain has captures. BigQuery ends a recursion after 500; see may_be_walked.
with recursive captures as (

    select
        united.*,
        records.customer_id,
        {{ epoch_us('united.captured_at') }} as captured_us,
        united.is_rejected or united.reopened_record_id is not null as stands_alone
    from {{ ref('int_leads__captures_united') }} as united
    inner join {{ ref('bdg_customer_records') }} as records
        on records.source = united.source and records.resource = united.resource and records.record_id = united.record_id

),

paused as (

    select
        *,
        case
            when captured_us - lag(captured_us) over (partition by customer_id order by captured_at, record_id) <= {{ window_us }} then 0
            else 1
        end as starts_chain
    from captures
    where not stands_alone

),

chained as (

    select
        *,
        sum(starts_chain) over (partition by customer_id order by captured_at, record_id rows unbounded preceding) as chain
    from paused

),

ordered as (

    select
        customer_id,
        chain,
        record_id,
        captured_us,
        cast(case when series_id is null then 0 else dense_rank() over (partition by customer_id order by series_id) end as {{ dbt.type_string() }}) as series,
        row_number() over (partition by customer_id, chain order by captured_at, record_id) as seq
        {%- if target.type == 'bigquery' %},
        count(*) over (partition by customer_id, chain) as captures
        {%- endif %}
    from chained

),

walked as (

    select
        customer_id,
        chain,
        record_id,
        seq,
        true as starts_lead,
        {{ lead_start('series', 'captured_us') }} as starts
    from ordered
    where seq = 1 and {{ may_be_walked('customer_id', 'captures') }}
    union all
    select
        ordered.customer_id,
        ordered.chain,
        ordered.record_id,
        ordered.seq,
        not {{ repeats_lead('walked.starts', 'ordered.series', 'ordered.captured_us', window_us) }},
        case
            when {{ repeats_lead('walked.starts', 'ordered.series', 'ordered.captured_us', window_us) }} then walked.starts
            else {{ lead_start('ordered.series', 'ordered.captured_us') }} || walked.starts
        end
    from walked
    inner join ordered
        on ordered.customer_id = walked.customer_id
        and ordered.chain = walked.chain
        and ordered.seq = walked.seq + 1

),

starts as (

    select
        captures.customer_id,
        captures.record_id,
        captures.captured_at,
        captures.captured_us,
        captures.series_id
    from walked
    inner join captures on captures.record_id = walked.record_id
    where walked.starts_lead

),

repeats as (

    select
        captures.record_id,
        starts.record_id as lead_id
    from walked
    inner join captures on captures.record_id = walked.record_id
    inner join starts
        on starts.customer_id = captures.customer_id
        and starts.captured_us between captures.captured_us - {{ window_us }} and captures.captured_us
        and (starts.series_id = captures.series_id or starts.series_id is null or captures.series_id is null)
    where not walked.starts_lead
    qualify row_number() over (partition by captures.record_id order by starts.captured_at, starts.record_id) = 1

)

select
    captures.*,
    case
        when captures.is_rejected then 'rejected'
        when repeats.lead_id is not null then 'duplicate'
        else 'lead'
    end as outcome,
    case when not captures.is_rejected then coalesce(repeats.lead_id, captures.record_id) end as lead_id
from captures
left join repeats on repeats.record_id = captures.record_id
