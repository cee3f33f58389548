{{ sliced() }}
{{ identity_edges(ref('int_identity__identifiers')) }}
