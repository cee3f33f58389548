{# The grain: the columns are unique together, and none is null unless its absence is a value of the key. #}
{% test key(model, columns, nullable=[]) %}

select {{ columns | join(', ') }}, count(*) as rows_found
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1{% for column in columns if column not in nullable %} or {{ column }} is null{% endfor %}

{% endtest %}
