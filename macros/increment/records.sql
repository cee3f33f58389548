{#
    The records that slices are made of. `key` is the column of raw that, after the source, is the record's id; `id` its name in staging.
    A record names a person, and belongs to that customer; an activity belongs to the lead or the visit it names.
#}
{% macro sliced_records() -%}
    {{ return([
        {'staged': 'stg_web__events', 'from': ['web', 'events'], 'resource': 'events', 'key': 'session_id', 'id': 'session_id',
         'identifiers': ['anonymous_id', 'device_id', 'openid', 'unionid']},
        {'staged': 'stg_web__forms', 'from': ['web', 'forms'], 'resource': 'forms', 'key': 'form_id', 'id': 'record_id', 'links': {'lead_record': 'record_id'},
         'identifiers': ['phone', 'email', 'anonymous_id', 'device_id', 'openid', 'unionid']},
        {'staged': 'stg_ads__leads', 'from': ['ads', 'leads'], 'resource': 'leads', 'key': 'platform_lead_id', 'id': 'record_id', 'links': {'lead_record': 'record_id'},
         'identifiers': ['phone', 'email', 'device_id', 'openid']},
        {'staged': 'stg_verticals__leads', 'from': ['verticals', 'leads'], 'resource': 'leads', 'key': 'portal_lead_id', 'id': 'record_id', 'links': {'lead_record': 'record_id'},
         'identifiers': ['phone', 'email']},
        {'staged': 'stg_crm__leads', 'from': ['crm', 'leads'], 'resource': 'leads', 'key': 'lead_id', 'id': 'record_id', 'links': {'lead_record': 'record_id'},
         'reopens': 'reopened_record_id', 'identifiers': ['phone', 'email', 'openid', 'wecom_external_userid']},
        {'staged': 'stg_crm__visits', 'from': ['crm', 'visits'], 'resource': 'visits', 'key': 'visit_id', 'id': 'visit_id',
         'links': {'lead_record': 'lead_record_id', 'visit_record': 'visit_id'}, 'identifiers': ['phone']},
        {'staged': 'stg_dms__orders', 'from': ['dms', 'orders'], 'resource': 'orders', 'key': 'order_id', 'id': 'order_id',
         'links': {'lead_record': 'lead_record_id', 'visit_record': 'visit_id'}, 'identifiers': ['phone', 'vin']},
    ]) }}
{%- endmacro %}

{% macro sliced_activities() -%}
    {%- set of_lead = {'lead_record': 'lead_record_id'} -%}
    {%- set of_both = {'lead_record': 'lead_record_id', 'visit_record': 'visit_id'} -%}
    {%- set activities = [] -%}
    {%- for resource, key, links in [
        ('qualifications', 'qualification_id', of_lead),
        ('assignments', 'assignment_id', of_lead),
        ('followups', 'followup_id', of_lead),
        ('appointments', 'appointment_id', of_lead),
        ('losses', 'loss_id', of_lead),
        ('test_drives', 'test_drive_id', of_both),
        ('quotations', 'quotation_id', of_both),
    ] -%}
        {%- do activities.append({'staged': 'stg_crm__' ~ resource, 'from': ['crm', resource], 'resource': resource, 'key': key, 'id': key, 'links': links}) -%}
    {%- endfor -%}
    {%- do activities.append({'staged': 'stg_callcenter__calls', 'from': ['callcenter', 'calls'], 'resource': 'calls', 'key': 'call_id', 'id': 'call_id', 'links': of_lead}) -%}
    {{ return(activities) }}
{%- endmacro %}

{# After the records of an increment are known: the rows of staging that concern them, and the ids of all activities among them. #}
{% macro slice_staging() -%}
    {%- if is_increment() -%}
        {%- set records = this -%}
        {%- for part in sliced_records() -%}
            {%- do run_query('create or replace table ' ~ slice_relation(part.staged) ~ ' as select staged.* from ' ~ relation_of(part.staged)
                ~ ' as staged where exists (select 1 from ' ~ records ~ " as records where records.resource = '" ~ part.resource
                ~ "' and records.record_id = staged." ~ part.id ~ ')') -%}
        {%- endfor -%}
        {%- for part in sliced_activities() -%}
            {%- set conditions = [] -%}
            {%- for type, column in part.links.items() -%}
                {%- set resources = "('forms', 'leads')" if type == 'lead_record' else "('visits')" -%}
                {%- do conditions.append('staged.' ~ column ~ ' in (select record_id from ' ~ records ~ ' where resource in ' ~ resources ~ ')') -%}
            {%- endfor -%}
            {%- do conditions.append('staged.' ~ part.id ~ ' in (select record_id from ' ~ relation_of('int_increment__changes') ~ " where resource = '" ~ part.resource ~ "')") -%}
            {%- do run_query('create or replace table ' ~ slice_relation(part.staged) ~ ' as select staged.* from ' ~ relation_of(part.staged)
                ~ ' as staged where ' ~ conditions | join(' or ')) -%}
        {%- endfor -%}
        {%- set ids = ['select resource, record_id from ' ~ records, 'select resource, record_id from ' ~ relation_of('int_increment__changes')] -%}
        {%- for part in sliced_activities() -%}
            {%- do ids.append("select '" ~ part.resource ~ "', " ~ part.id ~ ' from ' ~ slice_relation(part.staged)) -%}
        {%- endfor -%}
        {%- do run_query('create or replace table ' ~ slice_relation('activities') ~ ' as ' ~ ids | join(' union distinct ')) -%}
        {%- do run_query('create or replace table ' ~ slice_relation('customers') ~ ' as select customer_id from ' ~ relation_of('int_increment__customers')) -%}
    {%- endif -%}
{%- endmacro %}

{% macro sliced_staging() -%}
    {{ return((sliced_records() + sliced_activities()) | map(attribute='staged') | list) }}
{%- endmacro %}

{# Type and column of everything by which a record or an activity belongs to somebody. #}
{% macro links_of(part) -%}
    {%- set links = dict(part.links or {}) -%}
    {%- for type in part.identifiers or [] %}{% do links.update({type: type ~ '_hash'}) %}{% endfor -%}
    {{ return(links) }}
{%- endmacro %}

{# Which resource a stage of the showroom's events comes from. #}
{% macro resource_of_stage(stage) -%}
    case {{ stage }}
        when 'visit' then 'visits'
        when 'test_drive' then 'test_drives'
        when 'quotation' then 'quotations'
        when 'appointment_due' then 'appointments'
        else 'orders'
    end
{%- endmacro %}
