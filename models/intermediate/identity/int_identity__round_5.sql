{{ sliced() }}
{{ component_round(ref('int_identity__edges'), ref('int_identity__round_4')) }}
