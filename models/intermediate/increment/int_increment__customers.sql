-- Customers of the version before whom new rows may move: those whom they touch, and who is tied to them. Empty in a whole build.
{%- set ties = ref('int_increment__ties') %}
with reached_0 as (

    select customer_id from {{ ref('int_increment__reached') }}

)
{%- for round in range(1, 4) %},

reached_{{ round }} as (

    select customer_id from reached_{{ round - 1 }}
    union distinct
    select customer_id
    from {{ ties }}
    where tie in (select tie from {{ ties }} where customer_id in (select customer_id from reached_{{ round - 1 }}))

)
{%- endfor %}

select customer_id from reached_3
