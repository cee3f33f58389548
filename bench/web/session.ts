/** A signed-in reader who sees everything, as a cookie. */

export interface Session {
	url: string;
	/** Value of the `cookie` header. */
	cookie: string;
	/** Leads of all time. */
	leads(): Promise<number>;
}

export interface BenchPage {
	name: string;
	path: string;
	/** No filters lead through it, and no click from the other pages. */
	isAlone?: boolean;
	/** Who opens it; an executive by default. */
	role?: string;
}

/** Through the role picker, which the servers of a benchmark offer. @throws Error when it does not let in */
export async function signIn(url: string, role = 'executive'): Promise<Session> {
	const answer = await fetch(`${url}/login`, {
		method: 'POST',
		body: new URLSearchParams({ role, to: '/' }),
		headers: { origin: url },
		redirect: 'manual'
	});
	const cookie = answer.headers
		.getSetCookie()
		.map((each) => each.split(';')[0])
		.join('; ');
	if (!cookie) throw new Error(`${url}/login did not let the benchmark in (status ${answer.status}).`);
	return {
		url,
		cookie,
		async leads() {
			const query = encodeURIComponent(JSON.stringify({ measures: ['leads.leads'] }));
			const response = await fetch(`${url}/api/v1/load?query=${query}`, { headers: { cookie } });
			const { data } = (await response.json()) as { data: Record<string, string>[] };
			return Number(data[0]?.['leads.leads'] ?? 0);
		}
	};
}
