{{ sliced() }}
{{ identity_edges('(select * from ' ~ ref('int_identity__identifiers_guarded') ~ ' where is_contradicted)') }}
