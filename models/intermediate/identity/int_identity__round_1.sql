{{ sliced() }}
{{ component_round(ref('int_identity__edges')) }}
