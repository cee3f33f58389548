/** Lets a form be answered without a new page, by SvelteKit's `enhance`, which comes when somebody turns to the form; until then the browser sends it. */
export function enhanceLater(form: HTMLFormElement): () => void {
	let end: (() => void) | undefined;
	let gone = false;
	const turnTo = async () => {
		const { enhance } = await import('$app/forms');
		if (!gone) end = enhance(form).destroy;
	};
	form.addEventListener('focusin', turnTo, { once: true });
	return () => {
		gone = true;
		form.removeEventListener('focusin', turnTo);
		end?.();
	};
}
