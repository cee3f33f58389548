{{ sliced() }}
{{ component_round(ref('int_identity__edges_guarded'), ref('int_identity__guarded_round_2')) }}
