-- Every current record of an activity is one row of its fact: no join loses or repeats any.
{%- set pairs = {
    'stg_crm__visits': 'fct_visits',
    'stg_crm__appointments': 'fct_appointments',
    'stg_crm__test_drives': 'fct_test_drives',
    'stg_crm__quotations': 'fct_quotations',
    'stg_dms__orders': 'fct_orders',
} %}

with counted as (
    {% for staged, fact in pairs.items() %}
    select '{{ fact }}' as fact, (select count(*) from {{ ref(staged) }}) as landed, (select count(*) from {{ ref(fact) }}) as found
    union all
    {% endfor %}
    select
        'fct_contacts',
        (select count(*) from {{ ref('stg_crm__followups') }}) + (select count(*) from {{ ref('stg_callcenter__calls') }}),
        (select count(*) from {{ ref('fct_contacts') }})
)

select * from counted where landed <> found
