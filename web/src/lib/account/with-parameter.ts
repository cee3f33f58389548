/** A search with one parameter set, or (null) taken away; "" when nothing is left. */
export function withParameter(search: string, name: string, value: string | number | null): string {
	const parameters = new URLSearchParams(search);
	if (value === null) parameters.delete(name);
	else parameters.set(name, String(value));
	return parameters.size > 0 ? `?${parameters}` : '';
}
