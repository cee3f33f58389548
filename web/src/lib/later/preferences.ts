/** Language and appearance without a new page: the choice is kept, then everything that depends on it is asked again. */
import { invalidateAll } from '$app/navigation';

export async function setPreference(name: 'lang' | 'theme' | 'up' | 'rail', value: string): Promise<void> {
	const response = await fetch('/preferences', {
		method: 'POST',
		body: new URLSearchParams({ [name]: value }),
		headers: { accept: 'application/json' }
	});
	if (!response.ok) {
		location.reload();
		return;
	}
	if (name === 'lang') document.documentElement.lang = value;
	else document.documentElement.dataset[name] = value;
	// Nothing that the server writes depends on the rail.
	if (name !== 'rail') await invalidateAll();
}
