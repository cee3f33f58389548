/**
 * Prepares items one after the other while those before are in use, and gives them in their order. An error of preparing comes in the
 * item's own turn. Whoever stops early waits for what is being prepared, so that nothing goes on behind their back.
 */
export async function* preparedAhead<Item, Prepared>(
	items: readonly Item[],
	prepare: (item: Item) => Promise<Prepared>
): AsyncGenerator<Prepared, void> {
	let stopped = false;
	let last: Promise<unknown> = Promise.resolve();
	const prepared = items.map((item) => {
		const mine = last.then(() => {
			if (!stopped) return prepare(item);
			throw new Error('Nobody waits for this any more.');
		});
		// Said when its turn comes; one that failed ends the row.
		mine.catch(() => (stopped = true));
		return (last = mine);
	});
	try {
		for (const next of prepared) yield await next;
	} finally {
		stopped = true;
		await last.catch(() => undefined);
	}
}
